"""Other programs hold every connection that the database gives: the site says so at once, and is there again by itself."""

import http.client
import time
from contextlib import ExitStack, suppress

import psycopg
import pytest

from tests.bench.site import gunicorn, scratch_site
from tests.race.database import scratch_database

pytestmark = [pytest.mark.race, pytest.mark.postgresql]

LONGEST = 10  # seconds that anybody waits for the answer that there is none
COMES_BACK_WITHIN = 10  # however long it lasted: the pool must not wait twice as long after each failure
ROUNDS = 2
PAGES = ("/", "/accounts/login/", "/editions/", "/readyz")


@pytest.fixture(scope="module")
def env():
    with scratch_database("conference_crowded") as url, scratch_site(url) as env:
        yield env


def ask(host, path):
    """Status, when to try again, words, and how long it took."""
    connection = http.client.HTTPConnection(host, timeout=60)
    begun = time.monotonic()
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        page = answer.read().decode()
        return answer.status, answer.headers["Retry-After"], page, time.monotonic() - begun
    finally:
        connection.close()


def take_all(url, stack):
    """Until the server refuses; a server has a hundred here."""
    with suppress(psycopg.OperationalError):
        for _number in range(500):
            stack.enter_context(psycopg.connect(url))
        raise AssertionError("the server gave 500 connections")


def test_without_a_free_connection_every_page_says_so_quickly_and_comes_back(env):
    with ExitStack() as held:
        take_all(env["DATABASE_URL"], held)
        with gunicorn(env) as address:
            host = address.removeprefix("http://")
            crowded = [(path, ask(host, path)) for path in PAGES * ROUNDS]
            alive = ask(host, "/livez")
            held.close()
            until = time.monotonic() + COMES_BACK_WITHIN
            while ask(host, "/")[0] != 200 and time.monotonic() < until:
                time.sleep(0.5)
            back = {path: ask(host, path)[0] for path in ("/", "/accounts/login/")}

    assert {(path, answer[0]) for path, answer in crowded} == {(path, 503) for path in PAGES}
    assert {answer[1] for path, answer in crowded if path != "/readyz"} == {"60"}
    assert all("database: does not answer" in answer[2] for path, answer in crowded if path == "/readyz")
    assert max(answer[3] for _path, answer in crowded) < LONGEST
    assert [path for path, answer in crowded if "psycopg" in answer[2] or "couldn't" in answer[2]] == []
    assert alive[0] == 200
    assert back == {"/": 200, "/accounts/login/": 200}
