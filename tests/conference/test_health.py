"""Who watches the site sees each part that is not well, and nothing about anybody."""

import shutil
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import OperationalError, connection
from django.utils import timezone

from conference import health
from conference.models import Outbox

WELL = ["database: ok", "cache: ok", "storage: ok", "disk: ok", "mail: ok", "worker: ok"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def well():
    cache.clear()
    health.beat()


def seen(client):
    answer = client.get("/readyz")
    return answer.status_code, answer.content.decode().splitlines()


def with_trouble(line):
    part = line.split(":")[0]
    return 503, [line if one.startswith(f"{part}:") else one for one in WELL]


def test_a_site_that_is_well_says_so_for_each_part(client):
    assert seen(client) == (200, WELL)


@pytest.mark.parametrize(("silent_for", "line"), [(11, "worker: was seen 11 minutes ago"), (9, "worker: ok")])
def test_a_worker_that_is_silent_is_seen(client, silent_for, line):
    cache.set(health.BEAT, timezone.now() - timedelta(minutes=silent_for))

    assert line in seen(client)[1]
    assert seen(client)[0] == (200 if line in WELL else 503)


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_never_came_is_seen_and_one_look_of_it_suffices(client):
    cache.clear()
    assert seen(client) == with_trouble("worker: has not been seen")

    call_command("worker", once=True)

    assert seen(client) == (200, WELL)


def test_mail_that_is_late_is_seen_with_its_age_and_without_its_reader(client):
    due = timezone.now() - timedelta(minutes=25)
    for minutes in (0, 15):
        Outbox.objects.create(
            recipient="canary@example.org", subject="canary", due_at=due + timedelta(minutes=minutes)
        )

    assert seen(client) == with_trouble("mail: the oldest waits for 25 minutes")


def test_a_disk_that_is_nearly_full_is_seen(client, monkeypatch):
    free = shutil.disk_usage("/").free
    monkeypatch.setattr(health, "LEAST_ROOM", free * 2)

    assert seen(client) == with_trouble("disk: the disk is nearly full")


def test_a_folder_that_is_no_folder_is_seen(client, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setattr(health.default_storage, "location", str(tmp_path / "file" / "media"), raising=False)

    assert seen(client) == with_trouble("storage: cannot be written")


def test_without_a_database_it_still_answers_and_the_process_lives(client):
    def silent(execute, sql, params, many, context):
        raise OperationalError("password=canary host=canary")

    with connection.execute_wrapper(silent):
        status, lines = seen(client)
        alive = client.get("/livez")

    assert (status, alive.status_code) == (503, 200)
    assert lines == [
        "database: does not answer",
        "cache: does not answer",
        "storage: ok",
        "disk: ok",
        "mail: does not answer",
        "worker: does not answer",
    ]
