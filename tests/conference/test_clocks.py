"""Clocks that differ: of a telephone by half a minute, and of this machine and the database by minutes."""

import re
import time
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from conference import clock
from conference.management import examining
from tests.factories import PASSWORD, make_edition, make_organiser

SECRET = "JBSWY3DPEHPK3PXP"
STEP = 30  # seconds that a code is shown

pytestmark = pytest.mark.django_db


def is_let_in(organiser, steps):
    """With the code that a telephone shows whose clock differs by so many steps."""
    client = Client()
    client.post("/accounts/login/", {"login": organiser.email, "password": PASSWORD})
    code = format_hotp_value(hotp_value(SECRET, int(time.time()) // STEP + steps))
    client.post("/accounts/2fa/authenticate/", {"code": code})
    return "_auth_user_id" in client.session


def test_a_telephone_may_differ_by_one_step_and_by_no_more():
    organiser = make_organiser()
    TOTP.activate(organiser, SECRET)

    with time_machine.travel(timezone.now(), tick=False):
        let_in = [steps for steps in (-10, -2, -1, 1, 2, 10) if is_let_in(organiser, steps)]

    assert let_in == [-1, 1]
    assert settings.MFA_TOTP_TOLERANCE == 1


@pytest.mark.postgresql
@pytest.mark.parametrize("minutes", [-5, 5])
def test_a_machine_whose_clock_is_not_that_of_the_database_is_told_so(minutes):
    assert list(examining.clock()) == []

    with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
        (found,) = examining.clock()

    seconds = int(re.search(r"differ by (\d+) seconds", found.words)[1])
    assert found.is_wrong
    assert 290 < seconds < 310


@pytest.fixture
def compared(monkeypatch):
    """A function that compares at once; the former difference is back after the test."""
    monkeypatch.setattr(clock.Comparison, "ahead", timedelta())

    def compare():
        monkeypatch.setattr(clock.Comparison, "due_at", 0.0)
        clock.compare(connection)

    return compare


@pytest.mark.postgresql
@pytest.mark.parametrize("minutes", [-5, 5])
def test_deadlines_go_by_the_clock_of_the_database(compared, minutes):
    at = timezone.now()
    over = make_edition(registration_closes_at=at - timedelta(minutes=1))
    still_open = make_edition(registration_closes_at=at + timedelta(minutes=1))
    opens_soon = make_edition(
        registration_opens_at=at + timedelta(minutes=1), registration_closes_at=at + timedelta(hours=1)
    )

    with time_machine.travel(at + timedelta(minutes=minutes)):
        compared()
        open_now = [one.registration_is_open() for one in (over, still_open, opens_soon)]
        difference = abs(clock.now() - at)

    assert open_now == [False, True, False]
    assert difference < timedelta(seconds=30)


@pytest.mark.postgresql
def test_what_the_way_to_the_database_takes_moves_no_clock(compared):
    compared()

    assert clock.Comparison.ahead == timedelta()


@pytest.mark.postgresql
def test_it_is_compared_once_a_minute_and_asks_no_statement_of_a_request(compared, django_assert_num_queries):
    with django_assert_num_queries(0):
        compared()
        due_at = clock.Comparison.due_at
        clock.compare(connection)

    assert clock.Comparison.due_at == due_at
