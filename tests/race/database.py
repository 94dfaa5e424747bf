"""A scratch database beside the tests' own, and plain questions to it."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.prepared import prepared_database

NAME = "conference_race"


@contextmanager
def scratch_database(name: str = NAME, *, is_empty: bool = False) -> Iterator[str]:
    """The DATABASE_URL of an empty, usually migrated PostgreSQL database, gone afterwards; nothing on SQLite."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield ""
        return
    with psycopg.connect(server, autocommit=True) as connection:
        template = "template1" if is_empty else prepared_database(server)
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    finally:
        # With a connection of its own: one kept meanwhile would not outlive a server that a test kills.
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def rows(env: dict[str, str], question: str) -> list[tuple]:
    """The answer of the scratch site's database, past all of the product's code."""
    if url := env.get("DATABASE_URL"):
        with psycopg.connect(url) as connection:
            return connection.execute(question).fetchall()
    with closing(sqlite3.connect(f"{env['DATA_DIR']}/db.sqlite3")) as connection:
        return connection.execute(question).fetchall()


def places(env: dict[str, str], edition: int) -> list[tuple[int, str, int]]:
    """(user, status, queue number) of everyone who has, or waits for, a place at the edition."""
    return rows(
        env,
        "SELECT user_id, status, queue_number FROM registration_registration "  # noqa: S608  our own number
        f"WHERE edition_id = {int(edition)} AND status <> 'cancelled' ORDER BY queue_number",
    )


def bookings(env: dict[str, str], edition: int) -> list[tuple[int, int, str]]:
    """(registration, workshop, status) of every booking that is not cancelled."""
    return rows(
        env,
        "SELECT b.registration_id, b.workshop_id, b.status FROM registration_workshopbooking b "  # noqa: S608
        "JOIN registration_registration r ON r.id = b.registration_id "
        f"WHERE r.edition_id = {int(edition)} AND b.status <> 'cancelled' ORDER BY b.queue_number",
    )


def chosen_by(env: dict[str, str], option: int) -> int:
    """How many chose this option."""
    question = "SELECT count(*) FROM registration_answer_options WHERE questionoption_id = "
    return rows(env, f"{question}{int(option)}")[0][0]


@contextmanager
def held(env: dict[str, str], locking: str) -> Iterator[None]:
    """Rows of a PostgreSQL scratch site that somebody else keeps locked."""
    with psycopg.connect(env["DATABASE_URL"]) as connection:
        connection.execute(locking)
        yield
