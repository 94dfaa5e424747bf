"""The published examples of the field, imported whole."""

import json
from collections import Counter
from datetime import datetime
from urllib.parse import urljoin

import pytest

from conference.models import Room
from sessions.exchange import frab_json, frab_xml
from sessions.exchange.collecting import schedule_of
from sessions.models import Appearance, Session, SessionLink, Slot
from sessions.services.importing import run_import
from speakers.models import Speaker
from tests.factories import make_edition
from tests.sessions.exchange.reading.samples import REAL, read, real

pytestmark = pytest.mark.django_db


def empty_edition(**fields):
    return make_edition(starts_on=None, ends_on=None, **fields)


def bring(edition, data):
    return run_import(edition=edition, reading=read(data), publish=True)


def given(name):
    whole = json.loads(real(name))["schedule"]
    return whole, [
        e for day in whole["conference"]["days"] for events in day["rooms"].values() for e in events
    ]


@pytest.mark.parametrize("name", REAL)
def test_every_talk_room_person_link_and_attachment_arrives(name):
    whole, events = given(name)
    edition = empty_edition()

    bring(edition, real(name))

    edition.refresh_from_db()
    assert str(edition.starts_on) == whole["conference"]["start"]
    assert set(Room.objects.values_list("name", flat=True)) == {event["room"] for event in events}
    assert Speaker.objects.count() == len({p["id"] for event in events for p in event["persons"]})
    slots = {str(slot.guid): slot for slot in Slot.objects.draft().select_related("session__track", "room")}
    assert set(slots) == {event["guid"] for event in events}
    base = whole["base_url"]
    for event in events:
        slot = slots[event["guid"]]
        session = slot.session
        assert (session.title, session.status, str(session.guid)) == (
            " ".join(event["title"].split()),
            "published",
            event["guid"],
        )
        assert (slot.starts_at, slot.room.name) == (datetime.fromisoformat(event["date"]), event["room"])
        assert (session.language, session.track.name) == (event["language"], event["track"])
        assert session.origin["id"] == event["id"]
        people = Appearance.objects.filter(session=session).values_list("speaker__name", flat=True)
        assert list(people) == [" ".join(p["public_name"].split()) for p in event["persons"]]
        for kind, key in (("link", "links"), ("attachment", "attachments")):
            stored = SessionLink.objects.filter(session=session, kind=kind)
            wanted = [urljoin(base, item["url"]) for item in event[key] if item["url"] != "nymtech.net"]
            assert [link.url for link in stored if link.url != "https://nymtech.net"] == wanted


@pytest.mark.parametrize("name", REAL)
def test_a_second_import_leaves_everything(name):
    edition = empty_edition()
    bring(edition, real(name))
    before = list(Session.objects.order_by("pk").values_list("pk", "updated_at"))

    plan = bring(edition, real(name))

    assert plan.does_nothing
    assert list(Session.objects.order_by("pk").values_list("pk", "updated_at")) == before


@pytest.mark.parametrize("name", REAL)
def test_the_same_file_lives_in_two_editions(name):
    first, second = empty_edition(), empty_edition()
    bring(first, real(name))
    bring(second, real(name))

    assert bring(first, real(name)).does_nothing
    assert bring(second, real(name)).does_nothing
    assert Session.objects.filter(edition=first).count() == Session.objects.filter(edition=second).count()
    _whole, events = given(name)
    assert Speaker.objects.count() == len({p["id"] for event in events for p in event["persons"]})


KNOWN_TO_BOTH = [
    "guid", "id", "starts_at", "minutes", "room", "title", "subtitle", "track", "type", "language", "abstract",
    "description", "recording_license", "do_not_record", "logo", "feedback_url", "origin_url",
]  # fmt: skip


@pytest.mark.parametrize("writer", [frab_json, frab_xml])
@pytest.mark.parametrize("name", REAL)
def test_importing_and_exporting_again_loses_no_field(name, writer):
    edition = empty_edition(slug="camp2019")
    bring(edition, real(name))
    original = {event.guid: event for event in read(real(name)).schedule.events}

    again = {
        event.guid: event for event in read(writer.write(schedule_of(edition, draft=True))).schedule.events
    }

    assert set(again) == set(original)
    for guid, event in original.items():
        mine = again[guid]
        assert {n: getattr(mine, n) for n in KNOWN_TO_BOTH} == {n: getattr(event, n) for n in KNOWN_TO_BOTH}
        assert [(p.name, p.id) for p in mine.persons] == [(p.name, p.id) for p in event.persons]
        for links in ("links", "attachments"):
            assert Counter(link.url for link in getattr(mine, links)) == Counter(
                link.url for link in getattr(event, links)
            )
        if writer is frab_json:
            assert [(p.code, p.biography) for p in mine.persons] == [
                (p.code, p.biography) for p in event.persons
            ]


@pytest.mark.parametrize("writer", [frab_json, frab_xml])
def test_an_export_brought_back_changes_nothing(writer):
    edition = empty_edition(slug="camp2019")
    bring(edition, real(REAL[0]))

    plan = bring(edition, writer.write(schedule_of(edition, draft=True)))

    assert [(str(c.row), c.fields) for c in plan.everything() if not c.is_left] == []
