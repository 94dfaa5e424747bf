"""A public site that is not set up safely refuses to start and says why; the README lists every variable."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from conference import settings

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("conference", "speakers", "sessions", "registration")
GOOD = {
    "SITE_URL": "https://conference.example",
    "ALLOWED_HOSTS": "conference.example",
    "SECRET_KEY": "a-b_c" * 12,
    "EMAIL_URL": "smtp://mail.example:25",
}


def start(tmp_path, **changes):
    """What importing the settings says in a process that has only these variables."""
    env = {**GOOD, **changes, "DATA_DIR": str(tmp_path), "PATH": os.environ["PATH"]}
    env = {name: value for name, value in env.items() if value is not None}
    return subprocess.run(
        [sys.executable, "-c", "import conference.settings as s; print(s.SESSION_COOKIE_NAME)"],
        env=env,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_complete_public_site_starts_with_strict_cookies(tmp_path):
    done = start(tmp_path)

    assert (done.returncode, done.stdout.strip()) == (0, "__Host-session")


def test_site_on_this_machine_starts_without_any_variable(tmp_path):
    done = start(tmp_path, **dict.fromkeys(GOOD))

    assert (done.returncode, done.stdout.strip()) == (0, "session")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"SECRET_KEY": None}, "SECRET_KEY is missing"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too short"),
        ({"ALLOWED_HOSTS": None}, "ALLOWED_HOSTS must name the hosts"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must name the hosts"),
        ({"EMAIL_URL": None}, "EMAIL_URL is missing"),
        ({"STAFF_SECOND_FACTOR": "no"}, "STAFF_SECOND_FACTOR=no is only for trying out"),
        ({"MACHINES": "2"}, "SQLite serves one machine"),
        ({"ADMIN_PATH": "back/office"}, "ADMIN_PATH must be one word"),
        ({"ADMIN_PATH": ""}, "ADMIN_PATH must be one word"),
        ({"SITE_URL": "HTTPS://conference.example"}, "SITE_URL must begin with https://"),
        ({"SITE_URL": "conference.example"}, "SITE_URL must begin with https://"),
    ],
)
def test_public_site_refuses_to_start_and_says_why(tmp_path, change, sentence):
    done = start(tmp_path, **change)

    assert done.returncode == 1
    assert f"This site does not start. {sentence}" in done.stderr


def test_readme_lists_every_variable_of_the_settings():
    read = set(re.findall(r'\benv(?:\.\w+)?\(\s*"([A-Z_]+)"', (ROOT / "conference/settings.py").read_text()))
    table = (ROOT / "README.md").read_text().split("## Settings")[1].split("\n## ")[0]

    assert set(re.findall(r"^\| `([A-Z_]+)`", table, re.MULTILINE)) == read


def test_every_limit_that_the_code_asks_for_has_a_number():
    sources = [path.read_text() for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    asked = {name for text in sources for name in re.findall(r'is_too_often\(request, "(\w+)"', text)}

    assert asked >= {"signup", "upload", "book_workshop"}
    assert asked <= set(settings.ACCOUNT_RATE_LIMITS)  # whatever has no number passes


def test_public_site_is_as_strict_as_can_be(tmp_path):
    """Each value that is decided nowhere else, with PostgreSQL behind it."""
    strict = {
        "DEBUG": False,
        "ALLOWED_HOSTS": ["conference.example"],
        "CSRF_TRUSTED_ORIGINS": ["https://conference.example"],
        "SECURE_SSL_REDIRECT": True,
        "SECURE_PROXY_SSL_HEADER": None,  # nobody is believed before a proxy is counted
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_AGE": 1_209_600,
        "SECURE_HSTS_SECONDS": 63_072_000,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "SECURE_HSTS_PRELOAD": True,
        "SECURE_REFERRER_POLICY": "strict-origin-when-cross-origin",
        "SECURE_CROSS_ORIGIN_OPENER_POLICY": "same-origin",
        "X_FRAME_OPTIONS": "DENY",
        "DATA_UPLOAD_MAX_MEMORY_SIZE": 2_621_440,
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": 1000,
        "DATA_UPLOAD_MAX_NUMBER_FILES": 20,
        "STAFF_SECOND_FACTOR": True,
    }
    said = values(tmp_path, *strict, "DATABASES", DATABASE_URL="postgres://conference@db.example/conference")
    database = said.pop("DATABASES")["default"]

    assert said == strict
    assert database["CONN_HEALTH_CHECKS"] is True
    for option in ("statement_timeout=15s", "lock_timeout=4s", "idle_in_transaction_session_timeout=30s"):
        assert option in database["OPTIONS"]["options"]
    assert "isolation_level" not in database["OPTIONS"]  # READ COMMITTED: a repeatable read would oversell


def test_sqlite_overwrites_what_is_deleted(tmp_path):
    database = values(tmp_path, "DATABASES")["DATABASES"]["default"]

    assert "PRAGMA secure_delete=ON;" in database["OPTIONS"]["init_command"]


def test_headers_of_a_proxy_are_read_when_one_is_counted(tmp_path):
    said = values(tmp_path, "SECURE_PROXY_SSL_HEADER", TRUSTED_PROXIES="1")

    assert said == {"SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"]}


def values(tmp_path, *names, **changes):
    """These settings of a complete public site."""
    env = {**GOOD, **changes, "DATA_DIR": str(tmp_path), "PATH": os.environ["PATH"]}
    asked = f"import json, conference.settings as s; print(json.dumps({{n: getattr(s, n, None) for n in {names}}}, default=str))"
    done = subprocess.run(
        [sys.executable, "-c", asked], env=env, cwd=ROOT, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)
