"""The same ticket on many devices at the same moment: one welcome, and everybody else is told who was first."""

import http.client
import json
from collections import Counter
from functools import partial
from uuid import uuid4

import pytest

from tests.race.crowd import PATIENCE, TOKEN, all_at_once
from tests.race.database import rows

pytestmark = pytest.mark.race

DEVICES = 50
ONE_WELCOME = Counter({"welcome": 1, "already": DEVICES - 1})


def send(host, site, sender, scans, helper=0):
    """Status and body of what a device sends."""
    headers = {
        "Cookie": f"session={site.desk['helpers'][helper]}; csrf={TOKEN}",
        "X-CSRFToken": TOKEN,
        "Content-Type": "application/json",
    }
    connection = http.client.HTTPConnection(host, timeout=PATIENCE)
    try:
        connection.request(
            "POST",
            f"/desk/{site.desk['slug']}/scans/new/",
            json.dumps({"sender": sender, "scans": scans}),
            headers,
        )
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def scanned_at_once(site, host, number, **patience):
    """What each of the devices is told about this ticket."""
    code = site.desk["tickets"][number]
    return all_at_once(
        [
            partial(send, host, site, f"device {n}", [{"nonce": str(uuid4()), "code": code}], helper=n % 2)
            for n in range(DEVICES)
        ],
        **patience,
    )


def answers_in(answers):
    return [one for status, body in answers if status == 200 for one in json.loads(body)["answers"]]


def standing(site):
    return rows(site.env, "SELECT registration_id FROM registration_checkin WHERE undone_at IS NULL")


def test_one_ticket_on_fifty_devices_at_once_is_welcomed_once(site, host):
    before = len(standing(site))

    answers = scanned_at_once(site, host, 0)

    assert Counter(status for status, _body in answers) == {200: DEVICES}
    told = answers_in(answers)
    assert Counter(one["kind"] for one in told) == ONE_WELCOME
    assert len({one["check_in"] for one in told}) == 1
    assert {one["words"].split(" by ")[1] for one in told if one["kind"] == "already"} == {"Helper."}
    assert len(standing(site)) == before + 1


def test_kept_scans_sent_by_ten_pages_at_once_count_once(site, host):
    before = len(standing(site))
    kept = [{"nonce": str(uuid4()), "code": ticket, "age": 60} for ticket in site.desk["tickets"][1:21]]

    answers = all_at_once([partial(send, host, site, f"page {n}", kept) for n in range(10)])

    assert Counter(one["kind"] for one in answers_in(answers)) == {"welcome": 200}
    assert len(standing(site)) == before + 20


@pytest.mark.postgresql
def test_without_row_locks_the_same_fifty_are_not_all_told_the_truth(site, host_without_protection):
    rounds = (scanned_at_once(site, host_without_protection, number) for number in range(30, 38))
    assert any(Counter(one["kind"] for one in answers_in(answers)) != ONE_WELCOME for answers in rounds)


@pytest.mark.sqlite
def test_without_the_immediate_transaction_some_of_the_same_fifty_fail(site, host_without_protection):
    rounds = (
        scanned_at_once(site, host_without_protection, number, is_patient=False) for number in range(30, 38)
    )
    assert any(status == 503 for answers in rounds for status, _body in answers)
