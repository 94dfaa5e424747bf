"""What tests of exchange share: the field's own schemas, and a timetable with something of everything."""

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import icalendar
import jsonschema
import pytest
import xmlschema

from sessions.models import SessionLink
from sessions.services.timetable import release_timetable
from tests.factories import (
    make_appearance,
    make_edition,
    make_organiser,
    make_room,
    make_session,
    make_slot,
    make_speaker,
    make_track,
    make_workshop,
)

REFERENCE = Path(__file__).resolve().parents[4] / "shared" / "reference" / "frab"
needs_schemas = pytest.mark.skipif(
    not REFERENCE.is_dir(), reason="the published schemas are not beside the repository"
)
MORNING = datetime(2027, 3, 13, 8, 30, tzinfo=UTC)


@cache
def xml_schema():
    return xmlschema.XMLSchema(str(REFERENCE / "schedule.xml.xsd"))


def xml_errors(data):
    return [str(error.reason) for error in xml_schema().iter_errors(data.decode())]


def json_errors(data):
    schema = json.loads((REFERENCE / "schema.json").read_text())
    checker = jsonschema.FormatChecker()
    found = jsonschema.Draft6Validator(schema, format_checker=checker).iter_errors(json.loads(data))
    return [f"{error.json_path}: {error.message}"[:300] for error in found]


def entries_in(data):
    """The entries of a calendar by title, read by a library that did not write them."""
    calendar = icalendar.Calendar.from_ical(data)
    return {str(entry["summary"]): entry for entry in calendar.walk("VEVENT")}


def full_edition(**fields):
    """One session with everything, a workshop, a break, one without a room and one past midnight."""
    fields = {"slug": "ed", "starts_on": MORNING.date(), "ends_on": MORNING.date().replace(day=14), **fields}
    edition = make_edition("Second conference", **fields)
    room = make_room(edition, "Hall", slug="hall", capacity=80, description="On the first floor")
    track = make_track(edition, "Learning abroad", slug="abroad", hue=150)
    session = make_session(
        edition, "Opening", slug="opening", track=track, subtitle="All of us", language="en",
        abstract="*Why* we are here", description="At length", recording_license="CC BY 4.0", do_not_record=True,
        origin={"id": 10386, "code": "G9JGWY", "slug": "ed_27-opening-words", "logo": "https://old.example/l.png",
                "feedback_url": "https://old.example/f", "origin_url": "https://old.example/e/10386"},
    )  # fmt: skip
    speaker = make_speaker(
        "Ada Lovelace",
        slug="ada",
        biography="Counts",
        origin={"id": 7797, "code": "NQTF8Y", "avatar": "https://old.example/a.png"},
    )
    make_appearance(session, speaker)
    make_appearance(session, make_speaker("Tim Young", slug="tim", is_minor=True, biography="At school"))
    kinds = SessionLink.Kind
    session.links.create(url="https://example.org/more", title="More")
    session.links.create(url="https://example.org/slides.pdf", title="Slides", kind=kinds.ATTACHMENT)
    make_slot(session, MORNING, minutes=90, room=room)
    make_slot(
        make_workshop(edition, "Hands on", slug="hands-on"), MORNING.replace(hour=22), minutes=180, room=room
    )
    make_slot(make_session(edition, "Lunch", slug="lunch", kind="break"), MORNING.replace(hour=11))
    return edition


def released(edition, **fields):
    return release_timetable(edition=edition, by=make_organiser(), **fields)


__all__ = ["MORNING", "entries_in", "full_edition", "json_errors", "needs_schemas", "released", "xml_errors"]
