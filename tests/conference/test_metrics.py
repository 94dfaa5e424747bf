"""Figures of the running site: for whoever has the token and for this machine, and never about anybody."""

import re
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from conference.models import Outbox
from tests.factories import make_edition, make_registration

TOKEN = "a-long-random-canary-token"
STRANGER = {"REMOTE_ADDR": "192.0.2.7"}
pytestmark = pytest.mark.django_db


def figures(client, **extra):
    """By name with its labels."""
    lines = client.get("/metrics", **extra).content.decode().splitlines()
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines if line[0] != "#")}


@pytest.mark.parametrize(
    ("given", "status"),
    [("", 404), (f"Bearer {TOKEN}", 200), ("Bearer ", 404), ("Bearer other", 404), (f"Basic {TOKEN}", 404)],
)
def test_a_stranger_needs_the_token(client, settings, given, status):
    settings.METRICS_TOKEN = TOKEN

    assert client.get("/metrics", headers={"authorization": given}, **STRANGER).status_code == status


def test_without_a_token_nobody_has_it(client):
    assert client.get("/metrics", headers={"authorization": "Bearer "}, **STRANGER).status_code == 404


@pytest.mark.parametrize(
    ("proxies", "address", "said", "status"),
    [
        (0, "127.0.0.1", None, 200),
        (0, "", None, 200),  # through our own socket
        (0, "192.0.2.7", "127.0.0.1", 404),
        (0, "127.0.0.1", "127.0.0.1", 404),  # a proxy on which the site does not count
        (1, "127.0.0.1", "192.0.2.7", 404),
        (1, "", "192.0.2.7", 404),
        (1, "127.0.0.1", "127.0.0.1, 192.0.2.7", 404),
        (1, "127.0.0.1", "127.0.0.1", 200),
    ],
)
def test_only_what_really_comes_from_this_machine_needs_none(
    client, settings, proxies, address, said, status
):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    headers = {"x-forwarded-for": said} if said else {}

    assert client.get("/metrics", headers=headers, REMOTE_ADDR=address).status_code == status


def test_a_proxy_that_is_not_ours_is_no_way_in(client, settings):
    settings.PROXY_ADDRESSES = ["10.0.0.1"]

    assert client.get("/metrics", headers={"x-forwarded-for": "192.0.2.7"}).status_code == 404


def test_requests_are_counted_by_the_name_of_their_address_and_how_they_ended(client):
    page = 'conference_requests_total{method="GET",route="conference:editions",status="2xx"}'
    nothing = 'conference_requests_total{method="GET",route="none",status="4xx"}'
    before = figures(client)

    client.get("/editions/?q=canary")
    client.get("/editions/")
    client.get("/canary/nothing/here/")

    after = figures(client)
    assert after[page] - before.get(page, 0) == 2
    assert after[nothing] - before.get(nothing, 0) == 1
    assert after['conference_request_seconds_bucket{le="+Inf",route="conference:editions"}'] >= 2
    assert not re.search("canary", client.get("/metrics").content.decode())


def test_an_error_of_ours_is_one(client):
    client.raise_request_exception = False
    name = 'conference_requests_total{method="GET",route="conference:home",status="5xx"}'
    before = figures(client).get(name, 0)

    def broken(execute, sql, params, many, context):
        raise OperationalError("canary")

    with connection.execute_wrapper(broken):
        assert client.get("/").status_code == 503

    assert figures(client)[name] - before == 1


def test_queues_and_registrations_are_numbers_without_names(client):
    edition, now = make_edition(slug="canary"), timezone.now()
    for name, status in (("Canary Ada", "confirmed"), ("Canary Ben", "waiting"), ("Canary Cem", "waiting")):
        make_registration(name, edition, status=status)
    Outbox.objects.all().delete()
    for status in ("waiting", "waiting", "failed", "sent"):
        Outbox.objects.create(
            recipient="canary@example.org", subject="canary", status=status, due_at=now - timedelta(minutes=5)
        )

    found = figures(client)

    assert found['conference_registrations{status="confirmed"}'] == 1
    assert found['conference_registrations{status="waiting"}'] == 2
    assert found['conference_registrations{status="cancelled"}'] == 0
    assert found['conference_mail{status="waiting"}'] == 2
    assert found['conference_mail{status="failed"}'] == 1
    assert 300 <= found["conference_mail_oldest_seconds"] < 360
    assert found['conference_previews{status="waiting"}'] == 0
    assert found["conference_database_up"] == 1
    assert "canary" not in client.get("/metrics").content.decode().lower()


@pytest.mark.parametrize("many", [1, 3])
def test_it_asks_the_same_number_of_questions_however_much_waits(client, many, django_assert_num_queries):
    for number in range(many):
        Outbox.objects.create(recipient=f"{number}@example.org", subject="A mail")

    with django_assert_num_queries(6):  # mail twice, tasks, the worker, registrations, previews
        client.get("/metrics")


def test_without_a_database_it_says_so(client):
    def silent(execute, sql, params, many, context):
        raise OperationalError("password=canary")

    with connection.execute_wrapper(silent):
        found = figures(client)

    assert found["conference_database_up"] == 0
    assert any(name.startswith("conference_requests_total") for name in found)
