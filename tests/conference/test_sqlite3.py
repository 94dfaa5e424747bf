"""Whoever waits for SQLite's write lock holds nobody else up: not even whoever clears their cursors away."""

import time
from threading import Event, Thread

import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler

PATIENCE = 3  # seconds


@pytest.fixture
def connect(tmp_path, django_db_blocker):
    """Connections to one file, for any thread."""
    opened = []
    django_db_blocker.unblock()  # for files of its own

    def connect(engine="conference.sqlite3"):
        options = {"transaction_mode": "IMMEDIATE", "timeout": PATIENCE}
        said = {"ENGINE": engine, "NAME": tmp_path / "db", "OPTIONS": options}
        made = ConnectionHandler({"default": said})["default"]
        made.inc_thread_sharing()
        made.ensure_connection()
        made.connection.execute("PRAGMA journal_mode=WAL")
        opened.append(made)
        return made

    yield connect
    for one in opened:
        one.close()
    django_db_blocker.restore()


def begin(connection):
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def end(connection):
    connection.rollback()
    connection.set_autocommit(True)


def seconds_to_clear(holder, waiter):
    """How long the holder of the lock takes to clear away a cursor of whoever waits."""
    begin(holder)
    cursor = waiter.connection.execute("SELECT 1 UNION SELECT 2")
    cursor.fetchone()
    has_it = Event()

    def wait():
        try:
            begin(waiter)
            has_it.set()
            end(waiter)
        except OperationalError:
            pass  # nobody let go in time

    waiting = Thread(target=wait)
    waiting.start()
    time.sleep(0.5)
    begun = time.monotonic()
    cursor.close()
    taken = time.monotonic() - begun
    end(holder)
    waiting.join(2 * PATIENCE)
    return taken, has_it.is_set()


def test_the_collector_comes_through_and_the_waiter_gets_the_lock(connect):
    taken, has_it = seconds_to_clear(connect(), connect())

    assert taken < PATIENCE / 2
    assert has_it


def test_with_djangos_own_everything_stands_still(connect):
    """Should this fail one day, the module is needed no longer."""
    own = "django.db.backends.sqlite3"
    taken, _has_it = seconds_to_clear(connect(own), connect(own))

    assert taken > PATIENCE / 2


def test_who_waits_too_long_is_refused(connect):
    holder, waiter = connect(), connect()
    begin(holder)
    begun = time.monotonic()

    with pytest.raises(OperationalError, match="locked"):
        begin(waiter)

    assert PATIENCE - 0.5 < time.monotonic() - begun < 2 * PATIENCE
    waiter.connection.execute("SELECT 1")
    assert waiter.connection.execute("PRAGMA busy_timeout").fetchone() == (PATIENCE * 1000,)
