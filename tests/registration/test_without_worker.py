"""The worker is dead for ten minutes: people register as before, their mail comes later, and whoever watches sees it."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from conference import health
from conference.models import Outbox
from tests.factories import make_edition, make_registration_type, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def scratch(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def register(edition, name):
    client = Client()
    client.force_login(make_user(name))
    answer = client.post(f"/{edition.slug}/register/", {"role": "teacher", "country": "BE", "consent": "on"})
    assert answer.status_code == 302


def seen():
    answer = Client().get("/readyz")
    return answer.status_code, answer.content.decode().splitlines()


def test_registrations_go_on_mails_come_later_and_it_is_seen(mailoutbox):
    cache.clear()
    edition = make_edition()
    make_registration_type(edition)
    began = timezone.now()
    with time_machine.travel(began, tick=False):
        health.beat()
        register(edition, "Ada")
        assert seen()[0] == 200

    with time_machine.travel(began + timedelta(minutes=11, seconds=1), tick=False):
        register(edition, "Ben")
        status, lines = seen()
        assert status == 503
        assert "worker: was seen 11 minutes ago" in lines
        assert "mail: the oldest waits for 11 minutes" in lines
        assert len(mailoutbox) == 0
        assert edition.registrations.confirmed().count() == 2

        call_command("worker", once=True)

        assert seen() == (200, [line.split(":")[0] + ": ok" for line in lines])
    assert Outbox.objects.exclude(status="sent").count() == 0
    assert len({mail.to[0] for mail in mailoutbox}) == 2
