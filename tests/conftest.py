"""What every test may use, and what a test that cannot run means."""

import gc
import os
import shutil
import sqlite3
from contextlib import closing

import pytest
from django.conf import settings
from django.db.backends.signals import connection_created
from django.test import SimpleTestCase
from django.utils import translation

from conference import clock
from tests.object_store import lying_in, object_store
from tests.prepared import copy_database, prepared_database

# Thousands of tests keep much in memory that is never garbage: looking for it so often took a fifteenth of the time.
gc.set_threshold(100_000, 20, 50)

IS_CI = os.environ.get("CI") == "true"
# Said by tests that read the published schemas and examples, which other people own and no checkout brings along.
NOT_OURS = "not beside the repository"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
DAEMONS = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"])  # which only root has on its path
NEEDS = {
    "browser": (CHROMIUM, "Chromium is missing (apt-get install chromium)"),
    "gettext": (shutil.which("msgfmt"), "msgfmt is missing (apt-get install gettext)"),
    "clamav": (shutil.which("clamd", path=DAEMONS), "clamd is missing (apt-get install clamav-daemon)"),
    "redis": (shutil.which("redis-server"), "redis-server is missing (apt-get install redis-server)"),
    "nginx": (shutil.which("nginx", path=DAEMONS), "nginx is missing (apt-get install nginx-light)"),
}


# The name that Django gives to a test database in memory.
IN_MEMORY = "file:memorydb_default?mode=memory&cache=shared"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """The test database begins as a copy of a migrated one; Django still migrates what should be missing there."""
    if not on_sqlite():
        test = settings.DATABASES["default"].setdefault("TEST", {})
        test["TEMPLATE"] = prepared_database(os.environ["DATABASE_URL"])
        yield
        return
    with closing(sqlite3.connect(IN_MEMORY, uri=True)) as memory:  # gone with its last connection
        copy_database(memory)
        yield


@pytest.fixture(scope="session", autouse=True)
def one_clock():
    """Tests travel in time while the database stays here; what the site makes of that has a test of its own."""
    connection_created.disconnect(clock.compare)


@pytest.fixture(autouse=True)
def english():
    """A page in Dutch leaves its language behind; the next test, and the next class's rows, start in English again."""
    translation.activate("en")
    yield
    translation.activate("en")


@pytest.fixture(scope="session")
def store_url():
    """An object store on this machine."""
    with object_store() as url:
        yield url


@pytest.fixture
def in_object_store(store_url, settings):
    """The files of this test lie there, in an empty bucket; yields the store of the private ones."""
    with lying_in(store_url, settings) as private:
        yield private


def pytest_collection_modifyitems(config, items):
    """Each kind of database leaves out what is said about the other; PostgreSQL, the second, also what asks none."""
    others = ["postgresql"] if on_sqlite() else ["sqlite", "once"]
    elsewhere = {item for item in items if any(item.get_closest_marker(name) for name in others)}
    said_already = set() if on_sqlite() else {item for item in items if not asks_database(item)}
    left_out = elsewhere | said_already
    config.hook.pytest_deselected(items=list(left_out))
    items[:] = [item for item in items if item not in left_out]
    for item in items:
        for name, (found, reason) in NEEDS.items():
            if item.get_closest_marker(name) and not found:
                item.add_marker(pytest.mark.skip(reason=reason))


def asks_database(item):
    """A race has a database of its own; a SimpleTestCase has none."""
    if item.cls and issubclass(item.cls, SimpleTestCase):
        return bool(item.cls.databases)
    by_marker = any(item.get_closest_marker(name) for name in ("django_db", "race"))
    return by_marker or not {"db", "transactional_db", "live_server"}.isdisjoint(item.fixturenames)


def on_sqlite():
    return not os.environ.get("DATABASE_URL", "").startswith("postgres")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """In CI a test that cannot run is a failure, unless it needs what is not ours to bring."""
    report = yield
    is_short = report.skipped and not hasattr(report, "wasxfail")
    if IS_CI and is_short and NOT_OURS not in str(report.longrepr):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} could not run: {report.longrepr[2]}"
    return report


MEASURED = "measured"  # what a test notes to be printed at the end, from whichever process it ran in


def pytest_terminal_summary(terminalreporter):
    for report in [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]:
        for name, words in report.user_properties:
            if name == MEASURED and report.when == "call":
                terminalreporter.write_line(words)
