"""One consistent copy of the database while the site writes to it, and back: SQLite by VACUUM INTO, PostgreSQL
by pg_dump in one snapshot.
"""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import connection, transaction

from conference.backup.facts import Facts, files_named, postgresql_facts, quoted, sqlite_facts

# Of Django's connection to what PostgreSQL's own programs read from the environment.
LIBPQ = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
}
# A copy of everything may take longer than a page.
NO_LIMITS = "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0"


def copy_to(path: Path) -> tuple[Facts, set[tuple[str, str]]]:
    """Write the copy; what is in it, and which files it speaks of."""
    return dump_postgresql(path) if connection.vendor == "postgresql" else copy_sqlite(path)


def copy_sqlite(path: Path) -> tuple[Facts, set[tuple[str, str]]]:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    return read_sqlite(path)


def read_sqlite(path: Path) -> tuple[Facts, set[tuple[str, str]]]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as copy:
        return sqlite_facts(copy.execute), files_named(copy.execute)


def dump_postgresql(path: Path) -> tuple[Facts, set[tuple[str, str]]]:
    """The sums are taken in the very snapshot that pg_dump reads."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute(f"{NO_LIMITS}; SET LOCAL TIME ZONE 'UTC'")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        run(
            "pg_dump",
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            f"--snapshot={snapshot}",
            f"--file={path}",
        )
        return facts_of_postgresql(cursor)


def facts_of_postgresql(cursor: Any) -> tuple[Facts, set[tuple[str, str]]]:
    rows = partial(rows_of, cursor)
    return postgresql_facts(rows), files_named(rows)


def rows_of(cursor: Any, query: str) -> list[tuple[Any, ...]]:
    cursor.execute(query)
    return list(cursor.fetchall())


def load_from(path: Path) -> Facts:
    """Replace what the (empty) database holds by the copy; what is in it then."""
    return load_postgresql(path) if connection.vendor == "postgresql" else load_sqlite(path)


def load_sqlite(path: Path) -> Facts:
    """Page by page in one transaction, so that a machine that stops in the middle leaves the empty database."""
    connection.close()
    target = connection.settings_dict["NAME"]
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target)) as database:
        source.backup(database)
        return sqlite_facts(database.execute)


def load_postgresql(path: Path) -> Facts:
    with transaction.atomic(), connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE {quoted(table)} CASCADE")
    keep_what_is_not_ours = ("--no-owner", "--no-privileges", "--no-comments")
    whole_or_nothing = ("--exit-on-error", "--single-transaction")
    name = connection.get_connection_params()["dbname"]
    run(
        "pg_restore",
        "--clean",
        "--if-exists",
        *keep_what_is_not_ours,
        *whole_or_nothing,
        f"--dbname={name}",
        str(path),
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{NO_LIMITS}; SET LOCAL TIME ZONE 'UTC'")
        return facts_of_postgresql(cursor)[0]


def run(program: str, *arguments: str) -> None:
    """A program of PostgreSQL; the password goes by the environment, where no list of processes shows it."""
    params = connection.get_connection_params()
    env = {LIBPQ[key]: str(value) for key, value in params.items() if key in LIBPQ and value}
    done = subprocess.run(  # noqa: S603  names of our own files and settings
        [found(program), *arguments],
        env={"PATH": os.environ["PATH"], **env},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CommandError(f"{program} said: {done.stderr.strip()[-500:]}")


def found(program: str) -> str:
    """Debian keeps each version in a folder of its own; the newest reads all older ones."""
    versions = Path("/usr/lib/postgresql").glob(f"*/bin/{program}")
    newest = sorted(versions, key=lambda path: float(path.parts[-3]))
    path = str(newest[-1]) if newest else shutil.which(program)
    if not path:
        raise CommandError(f"{program} is missing here: apt-get install postgresql-client")
    return path


def is_empty() -> bool:
    """Nobody has an account here, so nothing can be lost."""
    with connection.cursor() as cursor:
        if "conference_user" not in connection.introspection.table_names(cursor):
            return True
        cursor.execute("SELECT 1 FROM conference_user LIMIT 1")
        return cursor.fetchone() is None
