"""Clocks that differ: of a telephone by half a minute, and of this machine and the database by more than they may."""

import re
import time
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.test import Client
from django.utils import timezone

from conference.management.examining import clock
from tests.factories import PASSWORD, make_organiser

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
    assert list(clock()) == []

    with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
        (found,) = clock()

    seconds = int(re.search(r"differ by (\d+) seconds", found.words)[1])
    assert found.is_wrong
    assert 290 < seconds < 310
