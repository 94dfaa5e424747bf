"""Many guesses at one password at the same moment: no more of them are looked at than when they come one by one."""

import http.client
from collections import Counter
from functools import partial
from urllib.parse import urlencode

import pytest

from conference.rates import RATES
from tests.race.crowd import PATIENCE, TOKEN, all_at_once
from tests.race.database import rows

pytestmark = pytest.mark.race

GUESSES = 50
ALLOWED = 5
FORGED = ("X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Client-IP")


def guess(host, email, number):
    """From an address that nobody believes, and with the mail address written in another way each time."""
    written = "".join(one.upper() if number >> place & 1 else one for place, one in enumerate(email))
    fields = {"login": written, "password": f"a wrong password {number}", "csrfmiddlewaretoken": TOKEN}
    headers = {
        "Cookie": f"csrf={TOKEN}",
        "Content-Type": "application/x-www-form-urlencoded",
        FORGED[number % len(FORGED)]: f"198.51.100.{number}",
    }
    connection = http.client.HTTPConnection(host, timeout=PATIENCE)
    try:
        connection.request("POST", "/accounts/login/", urlencode(fields), headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def test_of_many_guesses_at_once_as_few_are_looked_at_as_one_by_one(site, host):
    assert f"{ALLOWED}/15m/key" in RATES["login_failed"]
    ((email,),) = rows(site.env, "SELECT email FROM conference_user WHERE is_active ORDER BY id LIMIT 1")

    answers = all_at_once([partial(guess, host, email, number) for number in range(GUESSES)])

    told = Counter(status for status, _page in answers)
    assert set(told) == {200, 429}
    assert 1 <= told[200] <= ALLOWED
