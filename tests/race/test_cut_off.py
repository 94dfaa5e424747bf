"""Servers, connections and visitors that end in the middle: what was answered is there, once, with its log and its mail."""

import os
import signal
import socket
import struct
import time
from collections.abc import Callable
from functools import partial
from http.client import HTTPConnection, HTTPException
from threading import Event, Thread
from urllib.parse import urlencode

import psycopg
import pytest

from tests import postgres
from tests.bench.site import workers_of
from tests.race.crowd import PATIENCE, TOKEN, all_at_once
from tests.race.database import places, rows

pytestmark = pytest.mark.race

PEOPLE = 40
COMES_BACK_WITHIN = 30  # seconds after the database
AFTER = (2, 12, 24)  # so many are answered when it happens
ANSWERS = {"role": "teacher", "consent": "on"}


def registering(person, edition):
    return person.post(f"/{edition['slug']}/register/", waiting_ok=str(edition["type"]), **ANSWERS)


def insist(person, edition, done: list[int]) -> tuple[int, str]:
    """Whoever gets no answer, or is asked to try again, does so."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            answer = registering(person, edition)
        except (HTTPException, OSError):
            continue
        if answer[0] != 503:
            done.append(answer[0])
            return answer
        time.sleep(0.1)
    raise TimeoutError


def everybody_insists(people, edition, trouble: Callable[[], object], after=AFTER) -> list[int]:
    """What they are answered in the end; in between, after so many answers, there is trouble."""
    done: list[int] = []
    happened: list[object] = []
    over = Event()

    def make_trouble() -> None:
        for number in after:
            while len(done) < number and not over.wait(0.01):
                pass
            happened.append(trouble())

    thread = Thread(target=make_trouble)
    thread.start()
    answers = all_at_once([partial(insist, person, edition, done) for person in people[:PEOPLE]])
    over.set()
    thread.join(PATIENCE)
    assert len([one for one in happened if one]) == len(after)
    return [status for status, _page in answers]


def check(site, edition, answers, mails_before):
    assert answers == [302] * PEOPLE
    found = places(site.env, edition["pk"])
    assert sorted(user for user, _status, _number in found) == sorted(site.users[:PEOPLE])
    assert [number for _user, _status, number in found] == list(range(1, PEOPLE + 1))
    assert [status for _user, status, _number in found] == ["confirmed"] * 25 + ["waiting"] * (PEOPLE - 25)
    log = f"SELECT DISTINCT registration_id FROM registration_placechange WHERE registration_type_id = {int(edition['type'])}"  # noqa: S608
    assert len(rows(site.env, log)) == PEOPLE
    assert mails(site) == mails_before + PEOPLE


def mails(site):
    return rows(site.env, "SELECT count(*) FROM conference_outbox")[0][0]


def kill_a_server(site):
    """One that answers requests; the one that starts another in its place lives on."""
    worker, *_others = workers_of(site.env)
    os.kill(worker, signal.SIGKILL)
    return worker


def test_killed_servers_lose_and_double_nothing(site, people):
    edition, before = site.cut_off[0], mails(site)

    answers = everybody_insists(people, edition, partial(kill_a_server, site))

    check(site, edition, answers, before)


@pytest.mark.postgresql
def test_a_database_that_drops_every_connection_loses_and_doubles_nothing(site, people):
    edition, before = site.cut_off[1], mails(site)

    def drop_connections():
        with psycopg.connect(site.env["DATABASE_URL"], autocommit=True) as connection:
            others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            return connection.execute(f"SELECT pg_terminate_backend(pid) {others}").fetchall()

    answers = everybody_insists(people, edition, drop_connections)

    check(site, edition, answers, before)


@pytest.mark.postgresql
def test_a_database_that_is_killed_loses_and_doubles_nothing_and_the_site_comes_back_by_itself(site, people):
    edition, before = site.cut_off[3], mails(site)
    folder = postgres.folder_of(os.environ["DATABASE_URL"])
    if folder is None:
        pytest.skip("this database server was not started by the tests, so they do not kill it")
    meanwhile, back = [], []

    def kill_and_start_again():
        postgres.kill(folder)
        meanwhile.append(asked(people[-1], edition))
        postgres.start(folder)
        begun = time.monotonic()
        while asked(people[-1], edition)[0] != 200 and time.monotonic() < begun + PATIENCE:
            time.sleep(0.2)
        back.append(time.monotonic() - begun)
        return True

    answers = everybody_insists(people, edition, kill_and_start_again, after=(12,))

    check(site, edition, answers, before)
    assert meanwhile == [(503, "5")]  # in so many seconds one may try again
    assert back[0] < COMES_BACK_WITHIN


def asked(person, edition) -> tuple[int, str | None]:
    """The status of the registration page, and when it says to try again."""
    connection = HTTPConnection(person.host, timeout=PATIENCE)
    connection.request(
        "GET", f"/{edition['slug']}/register/", headers={"Cookie": f"session={person.session}"}
    )
    answer = connection.getresponse()
    return answer.status, answer.headers["Retry-After"]


def test_visitors_who_leave_before_the_answer_have_a_place_or_none_and_get_one_when_they_come_again(
    site, people
):
    edition, before = site.cut_off[2], mails(site)

    all_at_once([partial(send_and_leave, person, edition) for person in people[:PEOPLE]])
    answers = everybody_insists(people, edition, lambda: True)

    check(site, edition, answers, before)


def send_and_leave(person, edition):
    """The connection is torn down as soon as everything is sent."""
    host, port = person.host.split(":")
    body = urlencode({"waiting_ok": edition["type"], **ANSWERS})
    lines = [
        f"POST /{edition['slug']}/register/ HTTP/1.1", f"Host: {person.host}", f"X-CSRFToken: {TOKEN}",
        f"Cookie: session={person.session}; csrf={TOKEN}", "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}", "", body,
    ]  # fmt: skip
    with socket.create_connection((host, int(port)), timeout=PATIENCE) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.sendall("\r\n".join(lines).encode())
    return 0, ""


@pytest.mark.postgresql
def test_a_place_is_on_disk_when_it_is_acknowledged(site):
    assert rows(site.env, "SHOW synchronous_commit") == [("on",)]
