"""The sessions of an edition as a reader goes through them: in order, with their parts, times and people."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from conference.models import Edition
from conference.translated_columns import in_language, in_languages
from sessions.models import Appearance, Kind, Presentation, Release, Session

NOT_IN_LISTS = ["created_at", "updated_at", "origin", "recording_license", "do_not_record"]
NOT_IN_LISTS += in_languages("abstract", "description", "venue__travel_note")
OF_PERSON = ["session", "part", "role", "expertise", "organisation__name", "speaker__name", "speaker__slug"]
OF_PERSON += ["speaker__is_minor", "speaker__portrait", "speaker__portrait_description"]


@dataclass(frozen=True)
class Time:
    """When and where, as released; a room may be empty."""

    starts_at: datetime
    ends_at: datetime
    room: str


@dataclass
class Entry:
    """One session as a page shows it."""

    session: Session
    times: list[Time] = field(default_factory=list)
    parts: list["Entry"] = field(default_factory=list)
    people: list[Appearance] = field(default_factory=list)
    parent: "Entry | None" = None  # only if the reader may know of it

    @property
    def workshops(self) -> list["Entry"]:
        return [part for part in self.parts if part.session.kind == Kind.WORKSHOP]

    @property
    def other_parts(self) -> list["Entry"]:
        return [part for part in self.parts if part.session.kind != Kind.WORKSHOP]


def shown_in(edition: Edition, *, drafts: bool = False) -> QuerySet[Session]:
    """What the public sees of this edition, in order; with drafts everything that may take place."""
    sessions = Session.objects.filter(edition=edition)
    shown = sessions.plannable() if drafts else sessions.published()
    return shown.in_order()


def entries_of(sessions: QuerySet[Session], edition: Edition, *, has_texts: bool = False) -> list[Entry]:
    """Sessions with their released times, in one query; top-level ones first to last, each with its parts."""
    entries: dict[int, Entry] = {}
    related = sessions.select_related("session_type", "venue")
    read = related.select_related("track") if has_texts else related.defer(*NOT_IN_LISTS)
    for session in with_slots(read):
        session.edition = edition
        entry = entries.setdefault(session.pk, Entry(session))
        if session.slot_starts_at:  # type: ignore[attr-defined]
            entry.times.append(time_of(session))
    return nested(entries)


def with_slots(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """A row for each released slot of a session, and one for a session that has none."""
    latest = Subquery(Release.objects.filter(is_latest=True).values("pk"))
    joined = sessions.annotate(
        slot=FilteredRelation("slots", condition=Q(slots__release__in=latest, slots__is_cancelled=False)),
        slot_starts_at=F("slot__starts_at"),
        slot_ends_at=F("slot__ends_at"),
        slot_room=in_language("slot__room_name"),
    )
    return joined.order_by(*sessions.query.order_by, "slot_starts_at")


def time_of(session: Session) -> Time:
    return Time(session.slot_starts_at, session.slot_ends_at, session.slot_room or "")  # type: ignore[attr-defined]


def nested(entries: dict[int, Entry]) -> list[Entry]:
    """Sessions, each with its parts, and then the edition's own workshops.

    A part whose session is not shown stands by itself and does not name it.
    """
    top = []
    for entry in entries.values():
        parent = entries.get(entry.session.part_of_id or 0)
        if parent:
            entry.parent = parent
            parent.parts.append(entry)
        else:
            top.append(entry)
    return sorted(top, key=lambda entry: entry.session.kind == Kind.WORKSHOP)


def flat(entries: Iterable[Entry]) -> list[Entry]:
    """Every entry in reading order: a session, then its parts."""
    return [each for entry in entries for each in (entry, *entry.parts)]


def of_kind(entries: Iterable[Entry], kind: str) -> list[Entry]:
    return [entry for entry in entries if entry.session.kind == kind]


def add_people(entries: Iterable[Entry]) -> None:
    """Fill in who appears in each, in one query."""
    by_session = {entry.session.pk: entry for entry in entries}
    appearances = Appearance.objects.filter(session__in=by_session).select_related("speaker", "organisation")
    for appearance in appearances.only(*OF_PERSON):
        by_session[appearance.session_id].people.append(appearance)


def neighbours(entries: Iterable[Entry], session: Session) -> tuple[Session | None, Session | None]:
    """The one before and the one after in the list to which this session belongs."""
    siblings = [entry.session for entry in entries if belongs_beside(entry.session, session)]
    keys = [sibling.pk for sibling in siblings]
    if session.pk not in keys:
        return None, None
    here = keys.index(session.pk)
    before = siblings[here - 1] if here else None
    after = siblings[here + 1] if here + 1 < len(siblings) else None
    return before, after


def rows_of(sessions: QuerySet[Session]) -> list[Any]:
    """As much of each session as it takes to know what stands beside what, and whether it has files at all."""
    files = Presentation.objects.filter(session=OuterRef("pk"))
    asked = sessions.annotate(has_presentations=Exists(files.order_by()))
    names = ["pk", "kind", "part_of_id", "slug", "status", "has_presentations"]
    return list(asked.values_list(*names, named=True))


def with_neighbours(
    here: Any, rows: Iterable[Any], edition: Edition, *, drafts: bool
) -> tuple[Entry, Session | None, Session | None]:
    """The session of one of these rows with its text and parts; the one before and the one after; one query."""
    statuses = Session.PLANNABLE if drafts else (Session.Status.PUBLISHED,)
    shown = flat(nested({row.pk: Entry(row) for row in rows if row.status in statuses}))
    beside = [row.pk if row else None for row in neighbours(shown, here)]
    place = next((entry for entry in shown if entry.session.pk == here.pk), Entry(here))
    family = [place, *place.parts, *([place.parent] if place.parent else [])]
    read = Session.objects.filter(pk__in=[*(entry.session.pk for entry in family), *filter(None, beside)])
    entries = {
        entry.session.pk: entry for entry in flat(entries_of(read.in_order(), edition, has_texts=True))
    }
    before, after = (entries[pk].session if pk else None for pk in beside)
    return entries[here.pk], before, after


def belongs_beside(other: Session, session: Session) -> bool:
    """All workshops form one list; other sessions stand beside those of the same kind in the same place."""
    if other.kind != session.kind:
        return False
    return session.kind == Kind.WORKSHOP or other.part_of_id == session.part_of_id
