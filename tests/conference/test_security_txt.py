"""Whoever finds a weakness learns whom to tell, in the form of RFC 9116."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from conference.models import Site

ADDRESS = "/.well-known/security.txt"
pytestmark = pytest.mark.django_db


def fields(client):
    response = client.get(ADDRESS)
    assert (response.status_code, response["Content-Type"]) == (200, "text/plain; charset=utf-8")
    return [tuple(line.split(": ", 1)) for line in response.content.decode().splitlines()]


def test_it_names_who_is_to_be_told_most_wanted_first(client, settings):
    settings.SECURITY_CONTACT = ["https://conference.example/pages/contact/", "security@conference.example"]
    settings.SITE_URL = "https://conference.example"
    said = fields(client)

    assert [name for name, _value in said] == [
        "Contact", "Contact", "Expires", "Preferred-Languages", "Canonical",
    ]  # fmt: skip
    assert [value for _name, value in said[:2]] == [
        "https://conference.example/pages/contact/",
        "mailto:security@conference.example",
    ]
    assert dict(said)["Canonical"] == f"https://conference.example{ADDRESS}"
    assert dict(said)["Preferred-Languages"] == ", ".join(code for code, _name in settings.LANGUAGES)


@pytest.mark.parametrize(
    "now", [datetime(2026, 1, 1, 0, 0, tzinfo=UTC), datetime(2028, 2, 29, 23, 59, tzinfo=UTC)]
)
def test_it_never_expires_and_never_lasts_a_year(client, settings, now):
    settings.SECURITY_CONTACT = ["security@conference.example"]
    with time_machine.travel(now, tick=False):
        ends = datetime.fromisoformat(dict(fields(client))["Expires"])

        assert timedelta(days=30) < ends - timezone.now() < timedelta(days=365)


def test_without_a_setting_it_names_the_contact_address_of_the_site(client):
    Site.objects.update_or_create(pk=1, defaults={"contact_email": "hello@example.org"})

    assert dict(fields(client))["Contact"] == "mailto:hello@example.org"


def test_without_anybody_to_tell_there_is_none(client):
    Site.objects.all().delete()

    assert client.get(ADDRESS).status_code == 404


def test_it_sets_no_cookie_and_may_be_kept_for_a_moment(client, settings):
    settings.SECURITY_CONTACT = ["security@conference.example"]
    response = client.get(ADDRESS)

    assert not response.cookies
    assert response["Cache-Control"] == "public, max-age=0, s-maxage=30"
    assert client.post(ADDRESS).status_code == 405
