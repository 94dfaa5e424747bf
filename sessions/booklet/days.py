"""The days of a booklet: every released time of what is published or cancelled, by time and room."""

from collections import defaultdict
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Q

from conference.dates import clock_range, day_name, moment_range
from conference.models import Edition
from conference.templatetags.texts import shown
from conference.translated_columns import in_languages
from sessions.booklet.prose import plain
from sessions.models import Kind, Session, Slot
from sessions.templatetags.programme import label_of
from sessions.timetable import moment

Status = Session.Status
NOT_HERE = in_languages("session__abstract", "session__description")


def slots_in(edition: Edition) -> list[Slot]:
    """In the order of the clock, then of the rooms; a cancelled session keeps the times it had."""
    latest = Slot.objects.filter(release__is_latest=True, starts_at__isnull=False, session__edition=edition)
    kept = Q(session__status=Status.PUBLISHED, is_cancelled=False) | Q(session__status=Status.CANCELLED)
    found = latest.filter(kept).select_related("session__session_type", "room__venue").defer(*NOT_HERE)
    return sorted(found, key=place_of)


def place_of(slot: Slot) -> tuple[Any, ...]:
    room = slot.room
    column = (room.venue.position, room.position, room.name) if room else (-1, -1, "")
    return (moment(begin_of(slot)), *column, slot.pk)


def begin_of(slot: Slot) -> datetime:
    assert slot.starts_at  # noqa: S101 - asked for above
    return slot.starts_at


def days_of(slots: list[Slot], edition: Edition, told: set[int]) -> list[dict[str, Any]]:
    """A table for each day on which something begins where the edition is; `told` have a text to turn to."""
    by_day = groupby(slots, lambda slot: begin_of(slot).astimezone(edition.zone).date())
    return [
        {"name": day_name(day), "rows": [row_of(slot, edition, told) for slot in found]}
        for day, found in by_day
    ]


def row_of(slot: Slot, edition: Edition, told: set[int]) -> dict[str, Any]:
    session = slot.session
    title, language = title_of(slot)
    return {
        "time": clock_range(begin_of(slot), slot.ends_at, edition.zone),  # type: ignore[arg-type] # has both
        "room": room_of(slot),
        "label": "" if session.number is None else plain(label_of(session)),
        "title": {"text": title, "lang": language},
        "key": key_of(session) if session.pk in told else None,
        "names": plain(slot.speaker_names),
        "is_break": session.kind == Kind.BREAK,
        "is_cancelled": session.status == Status.CANCELLED,
    }


def title_of(slot: Slot) -> tuple[str, str]:
    """As released, or, of releases from before titles were kept, as it is now; never empty."""
    words, language = shown(slot if slot.title else slot.session, "title")
    return plain(words) or "–", language


def room_of(slot: Slot) -> dict[str, str]:
    words, language = shown(slot, "room_name")
    if not words and slot.room:
        words, language = shown(slot.room, "name")
    return {"text": plain(words), "lang": language}


def key_of(session: Session) -> str:
    """By this the pages of the booklet find each other."""
    return f"session-{session.pk}"


def times_of(slots: list[Slot], edition: Edition) -> dict[int, list[str]]:
    """By session, when and where it takes place, in words."""
    found = defaultdict(list)
    for slot in slots:
        when = moment_range(begin_of(slot), slot.ends_at, edition.zone)  # type: ignore[arg-type] # has both
        found[slot.session_id].append(", ".join(filter(None, (when, room_of(slot)["text"]))))
    return found
