"""The units of a server fit together and to the settings that are printed beside them."""

import configparser
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_architecture import FLOORS

ROOT = Path(__file__).resolve().parents[1]
UNITS = sorted((ROOT / "deploy" / "systemd").iterdir())
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]
INSTALLED = "/srv/conference/site"


def read(unit):
    parser = configparser.ConfigParser(strict=True, interpolation=None)
    parser.optionxform = str
    parser.read(unit)
    return parser


def settings():
    lines = (ROOT / "deploy" / "conference.env").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_there_are_a_door_a_web_server_a_worker_and_a_backup_each_night():
    assert [unit.name for unit in UNITS] == [
        "conference-backup.service",
        "conference-backup.timer",
        "conference-web.service",
        "conference-web.socket",
        "conference-worker.service",
    ]


def test_systemd_has_nothing_to_say_against_them(tmp_path):
    """Where it is installed; each command is one of ours anyway."""
    for unit in UNITS:
        (tmp_path / unit.name).write_text(
            unit.read_text().replace(f"{INSTALLED}/.venv/bin/python", sys.executable)
        )
    if verify := shutil.which("systemd-analyze"):
        done = subprocess.run(
            [verify, "verify", "--recursive-errors=no", *map(str, tmp_path.iterdir())],
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stdout + done.stderr) == (0, "")
    commands = {path.stem for path in (ROOT / "conference/management/commands").iterdir()}
    for unit in UNITS:
        assert set(re.findall(r"manage\.py (\w+)", unit.read_text())) <= commands


def test_the_door_is_where_nginx_knocks_and_only_nginx_may():
    socket = read(ROOT / "deploy/systemd/conference-web.socket")["Socket"]

    assert settings()["BIND"] == f"unix:{socket['ListenStream']}"
    assert (socket["SocketUser"], socket["SocketMode"]) == ("www-data", "0600")


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.stem)
def test_services_may_write_their_data_and_nothing_else(unit):
    service, is_backup = read(unit)["Service"], unit.stem == "conference-backup"

    backups = " /var/backups/conference" if is_backup else ""
    assert service["ReadWritePaths"] == settings()["DATA_DIR"] + backups
    shut = ("ProtectSystem", "NoNewPrivileges", "PrivateTmp", "CapabilityBoundingSet", "UMask", "User")
    umask = "0077" if is_backup else "0027"  # nginx reads files of the site, and nobody a backup
    assert [service[name] for name in shut] == ["strict", "yes", "yes", "", umask, "conference"]
    assert service["RestrictNamespaces"] == "user net pid"  # else no preview could be made


def test_the_settings_of_a_server_are_ones_the_site_reads():
    read_by_site = set(
        re.findall(r'\benv(?:\.\w+)?\(\s*"([A-Z_]+)"', (ROOT / "conference/settings.py").read_text())
    )

    assert set(settings()) <= read_by_site


def test_an_image_holds_all_that_the_site_is_made_of():
    lines = (ROOT / "deploy" / "Dockerfile").read_text().splitlines()
    copied = {line.split()[1] for line in lines if line.startswith("COPY ")}

    made_of = {"manage.py", "requirements/runtime.txt", "deploy/nginx.conf", "templates", "static", *FLOORS}
    assert copied == made_of
    assert all((ROOT / name).exists() for name in copied)
    left_out = (ROOT / ".dockerignore").read_text().split()
    assert {".git", ".venv", "var"} <= set(left_out) and not copied & set(left_out)


def containers():
    return [(ROOT / "deploy" / name).read_text() for name in ("Dockerfile", "compose.yaml")]


def test_containers_save_the_database_with_programs_as_new_as_it_is():
    dockerfile, compose = containers()

    assert re.findall(r"postgresql-client-(\d+)", dockerfile) == re.findall(r"image: postgres:(\d+)", compose)


def test_the_proxy_of_the_containers_may_read_what_the_site_hands_it():
    """By the same group, under the same number, and nobody else looks into the folder."""
    dockerfile, compose = containers()

    given = re.search(r"groupadd --system --gid (\d+)", dockerfile)
    taken = re.search(r"groupadd --force --gid (\d+)", compose)
    assert given[1] == taken[1]
    assert "-m 750 /srv/conference/data" in dockerfile
    assert compose.count("umask 0027;") == 2
