"""`make run` from an empty folder to a site that answers, stopped by Ctrl-C and started again."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.bench.site import free_port
from tests.prepared import copy_site

ROOT = Path(__file__).resolve().parents[1]
pytestmark = pytest.mark.sqlite


class Site:
    """`manage.py serve` as a process, with all it printed."""

    def __init__(self, folder, **variables):
        self.port = str(free_port())
        self.log = folder / "printed"
        env = {"PATH": os.environ["PATH"], "DATA_DIR": str(folder / "data"), "PORT": self.port, **variables}
        with self.log.open("w") as out:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve"], cwd=ROOT, env=env, stdout=out, stderr=out
            )

    @property
    def printed(self):
        return self.log.read_text()

    def wait_for(self, words, seconds=300):
        deadline = time.monotonic() + seconds
        while words not in self.printed and self.process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.1)
        assert words in self.printed, self.printed

    def get(self, path, **headers):
        request = urllib.request.Request(f"http://localhost:{self.port}{path}", headers=headers)
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read().decode()

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        self.process.wait(60)


@pytest.fixture(scope="module")
def empty_site(tmp_path_factory):
    """A running site that nobody has used; its start finds little to do."""
    folder = tmp_path_factory.mktemp("empty")
    copy_site(folder / "data")
    site = Site(folder, DEMO="no", ORGANISER_EMAIL="first@example.org", WEB_WORKERS="1")
    try:
        site.wait_for("Ctrl-C stops everything")
        yield site
    finally:
        site.stop()


@pytest.fixture
def start(tmp_path):
    started = []

    def start_one(**variables):
        started.append(Site(tmp_path, **variables))
        return started[-1]

    yield start_one
    for site in started:
        if site.process.poll() is None:
            site.stop()


def count_rows(folder):
    with sqlite3.connect(folder / "data" / "db.sqlite3") as database:
        tables = ("conference_user", "conference_edition", "conference_sessions_session")
        return [database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]  # noqa: S608


def test_demonstration_starts_stops_and_keeps_everything(start, tmp_path):
    site = start()
    site.wait_for("Ctrl-C stops everything")
    assert f"http://localhost:{site.port}/" in site.printed
    assert f"mail is written as files into {tmp_path / 'data' / 'mail'}" in site.printed
    for part in ("organiser", "speaker", "attendee", "member", "desk helper"):
        assert re.search(rf"^  {part} +\S+@example\.org +\S", site.printed, re.MULTILINE), site.printed
    assert "STAFF_SECOND_FACTOR is off" in site.printed
    status, page = site.get("/mechelen-2024/")
    assert (status, "<h1" in page) == (200, True)
    site.stop()
    assert (site.process.returncode, "Stopped." in site.printed) == (0, True)
    before = count_rows(tmp_path)

    begun = time.monotonic()
    again = start()
    again.wait_for("Ctrl-C stops everything", seconds=30)

    assert time.monotonic() - begun < 30
    assert count_rows(tmp_path) == before
    assert min(before) > 1


def test_empty_site_prints_a_one_time_link_for_the_first_organiser(empty_site):
    link = rf"http://localhost:{empty_site.port}/accounts/\S+"

    assert re.search(link, empty_site.printed), empty_site.printed
    assert empty_site.get("/")[0] == 200


def test_no_header_of_a_visitor_moves_the_site_elsewhere(empty_site):
    status, page = empty_site.get("/editions/", SCRIPT_NAME="/editions")

    assert (status, "/editions/editions/" in page) == (200, False)


def test_port_in_use_is_said_in_one_sentence(empty_site):
    first = empty_site
    second = subprocess.run(
        [sys.executable, "manage.py", "serve"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(first.log.parent / "data"), "PORT": first.port},
        capture_output=True,
        text=True,
        check=False,
    )

    assert second.returncode == 1
    assert second.stderr == (
        f"CommandError: Port {first.port} is in use. "
        f"Choose another one: make run PORT={int(first.port) + 1}\n"
    )


def test_public_site_never_loads_accounts_with_known_passwords(tmp_path):
    env = {
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(tmp_path),
        "DEMO": "yes",
        "SITE_URL": "https://conference.example",
        "ALLOWED_HOSTS": "conference.example",
        "SECRET_KEY": "a-b_c" * 12,
        "EMAIL_URL": "smtp://mail.example:25",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "serve"], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )

    assert (done.returncode, "not for a public site" in done.stderr) == (1, True)
