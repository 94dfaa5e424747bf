"""Copy the structure of a programme into a new edition: tracks, sessions as drafts, the draft of the timetable, and when
speakers are reminded of their presentations.

Speakers, presentations, links, stars and releases belong to the people and to the year, and stay where they are.
"""

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from modeltranslation.utils import build_localized_fieldname

from conference import clock
from conference.models import Edition
from conference.services.copying import Copied, copy_of, copy_rows
from conference.trail.records import MADE, note
from sessions.models import Session, SlidesReminder, Slot, Track

Status = Session.Status
TEXTS = ["subtitle", "abstract", "description"]


def copy_programme(*, copied: Copied, sessions: bool, texts: bool, timetable: bool) -> dict[int, Session]:
    """Tracks and reminders always; sessions with or without their texts; times only with their sessions.

    The new sessions by the keys of the old ones, for whoever copies what hangs on them.
    """
    tracks = copy_rows(Track, copied.old.tracks.all(), edition=copied.edition)  # type: ignore[attr-defined]
    copy_reminders(copied)
    if not sessions:
        return {}
    made = copy_sessions(copied, tracks, texts=texts)
    if timetable:
        copy_slots(copied, made)
    return made


def sessions_in(edition: Edition) -> QuerySet[Session]:
    """What takes place: neither cancelled nor withdrawn; sessions before their parts."""
    return Session.objects.filter(edition=edition).plannable()


def slots_in(edition: Edition) -> QuerySet[Slot]:
    return Slot.objects.draft().filter(session__in=sessions_in(edition))


def copy_reminders(copied: Copied) -> None:
    """As far from the first day as before; a moment that is over by then would ask people at once, and is left out."""
    old = SlidesReminder.objects.filter(edition=copied.old)
    moments = {at for one in old if (at := copied.moved(one.at)) and at > clock.now()}
    SlidesReminder.objects.bulk_create(
        SlidesReminder(edition=copied.edition, at=at) for at in sorted(moments)
    )


def copy_sessions(copied: Copied, tracks: dict[int, Track], *, texts: bool) -> dict[int, Session]:
    """In two steps, because a part needs the new key of its session."""
    made: dict[int, Session] = {}
    old = list(sessions_in(copied.old))
    for wave in ([one for one in old if not one.part_of_id], [one for one in old if one.part_of_id]):
        new = [copy_of_session(one, copied, tracks, made, texts=texts) for one in wave]
        Session.objects.bulk_create(new)
        note(new, MADE)
        made |= {one.pk: its for one, its in zip(wave, new, strict=True)}
    copy_labels(Session.topics.through, made)
    copy_labels(Session.competences.through, made)
    return made


def copy_of_session(
    one: Session, copied: Copied, tracks: dict[int, Track], made: dict[int, Session], *, texts: bool
) -> Session:
    above = made.get(one.part_of_id or 0)
    new = copy_of(
        one,
        guid=uuid.uuid4(),
        edition=copied.edition,
        status=Status.DRAFT,
        track=tracks.get(one.track_id or 0),
        venue=copied.venues.get(one.venue_id or 0),
        part_of=above,
        # A part of what is not copied stands by itself, where its number may be another's.
        number=None if one.part_of_id and not above else one.number,
        presentations_promised_for=None,
        do_not_record=False,
        recording_license="",
        origin={},
    )
    if not texts:
        empty(new)
    return new


def empty(session: Session) -> None:
    for name in TEXTS:
        for language, _name in settings.LANGUAGES:
            setattr(session, build_localized_fieldname(name, language), None)
        setattr(session, name, "")


def copy_labels(through: Any, made: dict[int, Session]) -> None:
    """The topics or competences of each session; both lists belong to no edition."""
    label = next(field.attname for field in through._meta.fields if field.name not in ("id", "session"))
    pairs = through.objects.filter(session__in=made).values_list("session_id", label)
    through.objects.bulk_create(
        through(session_id=made[session].pk, **{label: owned}) for session, owned in pairs
    )


def copy_slots(copied: Copied, made: dict[int, Session]) -> None:
    slots = slots_in(copied.old).select_related("session")
    new = Slot.objects.bulk_create(copy_of_slot(slot, copied, made[slot.session_id]) for slot in slots)
    note(new, MADE)


def copy_of_slot(slot: Slot, copied: Copied, session: Session) -> Slot:
    starts_at = copied.moved(slot.starts_at)
    return Slot(
        # The first slot of a session carries the session's guid; so does its copy.
        guid=session.guid if slot.guid == slot.session.guid else uuid.uuid4(),
        session=session,
        room=copied.rooms.get(slot.room_id or 0),
        starts_at=starts_at,
        ends_at=end_of(slot, starts_at, copied),
    )


def end_of(slot: Slot, starts_at: datetime | None, copied: Copied) -> datetime | None:
    """The same time on the clock as before; where the clock is changed in between, the same length."""
    ends_at = copied.moved(slot.ends_at)
    if starts_at and ends_at and ends_at <= starts_at and slot.starts_at and slot.ends_at:
        return starts_at + (slot.ends_at - slot.starts_at)
    return ends_at
