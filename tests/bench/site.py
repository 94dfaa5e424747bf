"""A site of its own in a scratch folder: database, static files, and its gunicorn."""

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from conference.management import gunicorn as server
from conference.management.processes import end, start, wait_until_listening
from tests.prepared import copy_site

ROOT = Path(__file__).resolve().parents[2]
WORKERS, THREADS = 2, 8  # as the product starts by itself


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def scratch_environment(folder: str, database_url: str) -> dict[str, str]:
    """The product's own settings, nothing of the caller's except where programs are found."""
    port = str(free_port())
    env = {"PATH": os.environ["PATH"], "DATA_DIR": folder, "PORT": port, "SIGNUP_RATE": "100000/h/ip"}
    env |= {"DJANGO_SETTINGS_MODULE": "conference.settings", "PYTHONPATH": str(ROOT)}
    return env | ({"DATABASE_URL": database_url} if database_url else {})


def run(env: dict[str, str], *command: str) -> str:
    """What a Python command of ours prints; its errors go to the terminal."""
    return subprocess.run(
        [sys.executable, *command], env=env, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    ).stdout


@contextmanager
def scratch_site(database_url: str = "") -> Iterator[dict[str, str]]:
    """The environment of an empty, migrated site with built static files, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="conference-scratch-") as folder:
        copy_site(folder)
        env = scratch_environment(folder, database_url)
        if database_url:
            run(env, "manage.py", "migrate", "--verbosity=0")
        yield env


@contextmanager
def gunicorn(env: dict[str, str], workers: int = WORKERS, threads: int = THREADS) -> Iterator[str]:
    """The address of the running site."""
    address = f"127.0.0.1:{env['PORT']}"
    command = server.gunicorn(address, workers=workers, threads=threads)
    command += ["--chdir", str(ROOT), "--pid", str(pid_file(env))]
    process = start(command, env)
    try:
        if not wait_until_listening(address):
            raise RuntimeError("gunicorn does not answer")
        yield f"http://{address}"
    finally:
        end({"web server": process})


def pid_file(env: dict[str, str]) -> Path:
    return Path(env["DATA_DIR"], f"gunicorn-{env['PORT']}.pid")


def workers_of(env: dict[str, str]) -> list[int]:
    """The processes of the running site that answer requests."""
    first = pid_file(env).read_text().strip()
    return [int(pid) for pid in Path(f"/proc/{first}/task/{first}/children").read_text().split()]
