"""The draft of an edition's timetable as the rules read it: loaded once, then only looked at."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import BooleanField, ExpressionWrapper, Q

from conference.models import Edition
from conference.translated_columns import in_languages
from sessions.models import Appearance, Session, Slot
from speakers.models import Availability, Speaker

Status = Session.Status
NOT_READ = [*in_languages("abstract", "description", "subtitle"), "origin"]
OF_PERSON = ["session", "speaker__name"]
OF_SLOT = ["guid", "session", "starts_at", "ends_at", "room__venue", "room__capacity", "room__position"]
OF_SLOT += in_languages("room__name")

Timed = Any  # a slot that has a start and an end


@dataclass
class Draft:
    """Sessions that may still take place, with their slots that have a time, first to last, and their people."""

    edition: Edition
    sessions: dict[int, Session]
    slots: list[Timed]
    people: dict[int, list[Speaker]] = field(default_factory=dict)  # by session
    available: dict[int, list[tuple[datetime, datetime]]] = field(default_factory=dict)  # by speaker

    def slots_of(self, session: Session) -> list[Timed]:
        return self._by_session.get(session.pk, [])

    def parts_of(self, session: Session) -> list[Session]:
        return self._parts.get(session.pk, [])

    def parent_of(self, session: Session) -> Session | None:
        return self.sessions.get(session.part_of_id or 0)

    def __post_init__(self) -> None:
        self._by_session: dict[int, list[Timed]] = defaultdict(list)
        for slot in self.slots:
            self._by_session[slot.session_id].append(slot)
        self._parts: dict[int, list[Session]] = defaultdict(list)
        for session in self.sessions.values():
            if session.part_of_id:
                self._parts[session.part_of_id].append(session)


def load(edition: Edition) -> Draft:
    """Four queries, whatever the size."""
    sessions = {session.pk: session for session in sessions_of(edition)}
    for session in sessions.values():
        session.edition = edition
    slots = [slot for slot in timed_slots(edition) if slot.session_id in sessions]
    for slot in slots:
        slot.session = sessions[slot.session_id]
    return Draft(edition, sessions, slots, people_of(edition), available_at(edition))


def sessions_of(edition: Edition) -> list[Session]:
    said = Q()
    for language, _name in settings.LANGUAGES:
        said |= Q(**{f"abstract_{language}__gt": ""})
    sessions = Session.objects.filter(edition=edition).plannable()
    has_abstract = ExpressionWrapper(said, output_field=BooleanField())
    return list(sessions.annotate(has_abstract=has_abstract).defer(*NOT_READ).in_order())


def timed_slots(edition: Edition) -> list[Timed]:
    slots = Slot.objects.planned().filter(session__edition=edition, starts_at__isnull=False)
    return list(slots.select_related("room").only(*OF_SLOT).order_by("starts_at", "ends_at", "pk"))


def people_of(edition: Edition) -> dict[int, list[Speaker]]:
    """Each person of a session once, though they may have several parts in it."""
    found: dict[int, dict[int, Speaker]] = defaultdict(dict)
    appearances = Appearance.objects.filter(session__edition=edition).select_related("speaker")
    for appearance in appearances.only(*OF_PERSON):
        found[appearance.session_id][appearance.speaker_id] = appearance.speaker
    return {session: list(speakers.values()) for session, speakers in found.items()}


def available_at(edition: Edition) -> dict[int, list[tuple[datetime, datetime]]]:
    """By speaker, with times that touch or overlap joined; who entered nothing is not there."""
    found: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    rows = Availability.objects.filter(edition=edition).order_by("starts_at", "pk")
    for speaker, starts_at, ends_at in rows.values_list("speaker", "starts_at", "ends_at"):
        times = found[speaker]
        if times and starts_at <= times[-1][1]:
            times[-1] = (times[-1][0], max(times[-1][1], ends_at))
        else:
            times.append((starts_at, ends_at))
    return dict(found)
