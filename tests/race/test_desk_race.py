"""The same ticket on many devices at the same moment: one welcome, and everybody else is told who was first."""

import http.client
import json
from collections import Counter
from functools import partial
from types import SimpleNamespace
from uuid import uuid4

import pytest

from tests.bench.site import free_port, gunicorn, run, scratch_site
from tests.race.crowd import PATIENCE, TOKEN, all_at_once
from tests.race.database import rows, scratch_database

pytestmark = pytest.mark.race

DEVICES = 50
ONE_WELCOME = Counter({"welcome": 1, "already": DEVICES - 1})


@pytest.fixture(scope="module")
def site():
    with scratch_database() as url, scratch_site(url) as env:
        data = json.loads(run(env, "-m", "tests.race.desk"))
        yield SimpleNamespace(env=env | {"STAFF_SECOND_FACTOR": "no"}, **data)


@pytest.fixture(scope="module")
def desk(site):
    with gunicorn(site.env) as address:
        yield address.removeprefix("http://")


@pytest.fixture
def desk_without_protection(site):
    unlocked = {"DJANGO_SETTINGS_MODULE": "tests.race.unlocked_settings", "PORT": str(free_port())}
    with gunicorn(site.env | unlocked, workers=4) as address:
        yield address.removeprefix("http://")


def send(host, session, sender, scans):
    """Status and body of what a device sends."""
    headers = {
        "Cookie": f"session={session}; csrf={TOKEN}",
        "X-CSRFToken": TOKEN,
        "Content-Type": "application/json",
    }
    connection = http.client.HTTPConnection(host, timeout=PATIENCE)
    try:
        connection.request(
            "POST", "/desk/ed/scans/new/", json.dumps({"sender": sender, "scans": scans}), headers
        )
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def scanned_at_once(site, host, ticket):
    """What each of the devices is told."""
    devices = [(site.sessions[number % 2], f"device {number}") for number in range(DEVICES)]
    return all_at_once(
        [
            partial(send, host, session, name, [{"nonce": str(uuid4()), "code": ticket}])
            for session, name in devices
        ]
    )


def answers_in(answers):
    return [one for status, body in answers if status == 200 for one in json.loads(body)["answers"]]


def standing(site):
    return rows(site.env, "SELECT registration_id FROM registration_checkin WHERE undone_at IS NULL")


def test_one_ticket_on_fifty_devices_at_once_is_welcomed_once(site, desk):
    before = len(standing(site))

    answers = scanned_at_once(site, desk, site.tickets[0])

    assert Counter(status for status, _body in answers) == {200: DEVICES}
    told = answers_in(answers)
    assert Counter(one["kind"] for one in told) == ONE_WELCOME
    assert len({one["check_in"] for one in told}) == 1
    assert {one["words"].split(" by ")[1] for one in told if one["kind"] == "already"} == {"Helper."}
    assert len(standing(site)) == before + 1


def test_kept_scans_sent_by_ten_pages_at_once_count_once(site, desk):
    before = len(standing(site))
    kept = [{"nonce": str(uuid4()), "code": ticket, "age": 60} for ticket in site.tickets[1:21]]

    answers = all_at_once([partial(send, desk, site.sessions[0], f"page {n}", kept) for n in range(10)])

    assert Counter(one["kind"] for one in answers_in(answers)) == {"welcome": 200}
    assert len(standing(site)) == before + 20


@pytest.mark.postgresql
def test_without_row_locks_the_same_fifty_are_not_all_told_the_truth(site, desk_without_protection):
    rounds = (scanned_at_once(site, desk_without_protection, ticket) for ticket in site.tickets[30:38])
    assert any(Counter(one["kind"] for one in answers_in(answers)) != ONE_WELCOME for answers in rounds)


@pytest.mark.sqlite
def test_without_the_immediate_transaction_some_of_the_same_fifty_fail(site, desk_without_protection):
    rounds = (scanned_at_once(site, desk_without_protection, ticket) for ticket in site.tickets[30:38])
    assert any(status == 503 for answers in rounds for status, _body in answers)
