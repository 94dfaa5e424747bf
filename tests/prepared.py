"""An empty site, migrated and with static files, made once and copied: making one takes as long as a hundred tests."""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / ".pytest_cache" / "prepared"
# What such a site is made of; when any of these files changes, it is made anew.
MADE_OF = (
    "*/migrations/*.py",
    "*/models/*.py",
    "conference/settings.py",
    "conference/static_storage.py",
    "static/**/*",
    "requirements/dev.txt",
)
MIGRATE = ("manage.py", "migrate", "--verbosity=0")
COLLECT = "import django; django.setup(); from conference.management import static_files as s; s.build_static_files()"


def copy_site(folder: str | Path) -> None:
    """Fill the DATA_DIR of a site, which then finds little to do when it starts."""
    with prepared_site() as prepared:
        shutil.copytree(prepared, folder, dirs_exist_ok=True)


def copy_database(target: sqlite3.Connection) -> None:
    with prepared_site() as prepared, closing(sqlite3.connect(prepared / "db.sqlite3")) as source:
        source.backup(target)


@contextmanager
def prepared_site() -> Iterator[Path]:
    """The folder to copy from; whoever comes first makes it, and throws away what is older."""
    folder = KEPT / fingerprint()
    with one_at_a_time():
        if not folder.exists():
            for older in KEPT.glob("*/"):
                shutil.rmtree(older)
            with tempfile.TemporaryDirectory(dir=KEPT) as draft:
                run_side_by_side(MIGRATE, ("-c", COLLECT), DATA_DIR=f"{draft}/site")
                Path(draft, "site").rename(folder)
        yield folder


def prepared_database(server: str) -> str:
    """The name of a migrated database on this PostgreSQL server, to be the TEMPLATE of others."""
    name = f"conference_prepared_{fingerprint()}"
    with one_at_a_time(), psycopg.connect(server, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute("DROP DATABASE IF EXISTS conference_draft")
            connection.execute("CREATE DATABASE conference_draft")
            draft = urlunsplit(urlsplit(server)._replace(path="/conference_draft"))
            with tempfile.TemporaryDirectory() as folder:
                run_side_by_side(MIGRATE, DATA_DIR=folder, DATABASE_URL=draft)
            connection.execute(f"ALTER DATABASE conference_draft RENAME TO {name}")
    return name


def fingerprint() -> str:
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted(path for pattern in MADE_OF for path in ROOT.glob(pattern) if path.is_file()):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def one_at_a_time() -> Iterator[None]:
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def run_side_by_side(*commands: tuple[str, ...], **variables: str) -> None:
    """With the product's own settings, and nothing of the caller's except where programs are found."""
    env = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "conference.settings", **variables}
    started = [subprocess.Popen([sys.executable, *command], cwd=ROOT, env=env) for command in commands]
    if {process.wait() for process in started} != {0}:
        raise RuntimeError("An empty site could not be made")
