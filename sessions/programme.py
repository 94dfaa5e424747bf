"""The programme of an edition as its page shows it: what has a time, what has none yet, what was cancelled."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from conference import dates
from conference.models import Edition
from conference.templatetags.dates import moment_range
from conference.templatetags.texts import shown, text
from conference.translated_columns import columns, in_language, in_languages
from sessions import outline
from sessions.models import Kind, Session, SessionType, Slot, Topic, Track
from sessions.templatetags.programme import label_of

Status = Session.Status


OF_SESSION = ["guid", "kind", "number", "slug", "status", "edition", "part_of", "language", "takes_bookings"]
OF_SESSION += ["session_type", "track", *in_languages("title")]
OF_UNTIMED = [*OF_SESSION, "position", *in_languages("session_type__name", "track__name")]
OF_UNTIMED += ["session_type__slug", "track__slug", "track__position"]
OF_TYPE = ["slug", *columns("name")]
OF_TRACK = ["slug", "hue", "position", *columns("name")]
OF_ROOM = ["slug", "position", *in_languages("name")]
OF_VENUE = ["position", *in_languages("name")]
OF_SLOT = ["guid", "starts_at", "ends_at", "release", "room", "is_cancelled", "speaker_names"]
OF_SLOT += [*in_languages("title", "room_name"), *(f"session__{name}" for name in OF_SESSION)]
# Few rooms, tracks and types stand in many slots: their columns come along, and each is made once.
SHARED = {
    f"{short}_{name}": F(f"{path}__{name}")
    for short, path, names in (
        ("type", "session__session_type", OF_TYPE),
        ("track", "session__track", OF_TRACK),
        ("place", "room", OF_ROOM),
        ("venue", "room__venue", OF_VENUE),
    )
    for name in names
}


@dataclass(frozen=True, order=True)
class RoomColumn:
    """A room as the timetable shows it, in the order of the venue."""

    venue_position: int
    venue: str
    position: int
    name: str
    pk: int
    slug: str


class About(NamedTuple):
    """A topic of a session: its address, its name on this page, its names in all languages."""

    slug: str
    name: str
    names: str


@dataclass
class Placed:
    """One slot of the timetable: released as it was then, in the draft as it is now."""

    slot: Slot
    session: Session
    titled: Slot | Session
    names: str
    room: RoomColumn | None
    parts: list[Session] = field(default_factory=list)  # without a time of their own
    shown_parts: list[Session] = field(default_factory=list)  # as many of them as were asked for


@dataclass
class Programme:
    placed: list[Placed]
    unplaced: list[Session]
    cancelled: list[Placed]
    cancelled_untimed: list[Session]
    topics: dict[int, list[About]]  # of each session


def programme_of(edition: Edition, *, is_draft: bool, is_preview: bool) -> Programme:
    """Three queries for the public, however much there is."""
    placed = placed_in(edition, is_draft=is_draft)
    live = [one for one in placed if not is_cancelled(one)]
    untimed = untimed_in(edition, is_preview, is_draft=is_draft)
    waiting = [session for session in untimed if session.status != Status.CANCELLED]
    return Programme(
        placed=live,
        unplaced=with_their_sessions(live, waiting),
        cancelled=[one for one in placed if is_cancelled(one) and one.session.kind != Kind.BREAK],
        cancelled_untimed=[session for session in untimed if session.status == Status.CANCELLED],
        topics=topics_of(edition),
    )


def is_cancelled(placed: Placed) -> bool:
    return placed.slot.is_cancelled or placed.session.status == Status.CANCELLED


def slots_of(edition: Edition, *, is_draft: bool) -> QuerySet[Slot]:
    """Slots with a time: those of the latest release that have a page, or the draft."""
    slots = Slot.objects.filter(session__edition=edition, starts_at__isnull=False)
    if is_draft:
        return slots.planned()
    known = slots.filter(session__status__in=Session.HAVE_A_PAGE)
    return known.released() | known.cancelled()


def placed_in(edition: Edition, *, is_draft: bool) -> list[Placed]:
    slots = slots_of(edition, is_draft=is_draft)
    slots = slots.select_related("session").only(*OF_SLOT).annotate(**SHARED)
    if is_draft:
        slots = slots.prefetch_related("session__appearances__speaker")
    shared = Shared()
    return [placed_of(slot, edition, shared, is_draft=is_draft) for slot in slots]


def placed_of(slot: Slot, edition: Edition, shared: "Shared", *, is_draft: bool) -> Placed:
    session, room = slot.session, shared.room(slot)
    session.edition = edition
    session.session_type = shared.row(SessionType, session.session_type_id, slot, "type", OF_TYPE)
    session.track = shared.row(Track, session.track_id, slot, "track", OF_TRACK)
    if not is_draft:
        return Placed(slot, session, slot if shown(slot, "title")[0] else session, slot.speaker_names, room)
    names = dict.fromkeys(one.speaker.public_name for one in session.appearances.all())
    return Placed(slot, session, session, ", ".join(names), room)


class Shared:
    """What many slots have in common, made once from the columns that came along with the first."""

    def __init__(self) -> None:
        self.made: dict[Any, Any] = {}

    def row(self, model: Any, pk: int | None, slot: Slot, short: str, names: list[str]) -> Any:
        if pk is None:
            return None
        if (model, pk) not in self.made:
            values = {name: getattr(slot, f"{short}_{name}") for name in names}
            self.made[model, pk] = model(pk=pk, **values)
        return self.made[model, pk]

    def room(self, slot: Any) -> RoomColumn | None:
        if slot.room_id is None:
            return None
        name = shown(slot, "room_name")[0]
        if (slot.room_id, name) not in self.made:
            venue = shown(slot, "venue_name")[0]
            self.made[slot.room_id, name] = RoomColumn(
                slot.venue_position, venue, slot.place_position, name or shown(slot, "place_name")[0],
                slot.room_id, slot.place_slug,
            )  # fmt: skip
        return self.made[slot.room_id, name]


def untimed_in(edition: Edition, is_preview: bool, *, is_draft: bool) -> list[Session]:
    """What is known of this edition but has no time; breaks without a time say nothing."""
    timed = slots_of(edition, is_draft=is_draft).filter(session=OuterRef("pk"))
    shown = outline.shown_in(edition, drafts=is_preview or is_draft)
    if not (is_preview or is_draft):
        shown = Session.objects.filter(edition=edition).known().in_order()
    found = shown.filter(~Q(kind=Kind.BREAK), ~Exists(timed.order_by()))
    entries = {}
    for session in found.select_related("session_type", "track").only(*OF_UNTIMED):
        session.edition = edition
        entries[session.pk] = outline.Entry(session)
    return [entry.session for entry in outline.flat(outline.nested(entries))]


def with_their_sessions(placed: list[Placed], sessions: list[Session]) -> list[Session]:
    """Hang parts on the session during which they take place; return those that are left."""
    by_session = {one.session.pk: one for one in placed}
    for session in sessions:
        if session.part_of_id in by_session:
            by_session[session.part_of_id].parts.append(session)
    return [session for session in sessions if session.part_of_id not in by_session]


def topics_of(edition: Edition) -> dict[int, list[About]]:
    """The topics of each session, by name."""
    topics = Topic.objects.filter(sessions__edition=edition).annotate(shown=in_language("name"))
    found = defaultdict(list)
    for session, *about in topics.order_by("shown").values_list(
        "sessions", "slug", "shown", *in_languages("name")
    ):
        slug, name, *names = about
        found[session].append(About(slug, name, " ".join(filter(None, names))))
    return dict(found)


def shown_of(placed: Placed, hours: Callable[..., str] = dates.clock_range) -> dict[str, Any]:
    """What the timetable writes down, ready: templates look up a word faster than they follow a path.

    In a table the row says when it begins, for machines too; a list has `hours` written for them.
    """
    slot, session = placed.slot, placed.session
    return {
        "guid": session.guid,
        "starts_at": slot.starts_at,
        "is_break": session.kind == Kind.BREAK,
        "url": session.get_absolute_url(),
        "label": "" if session.number is None else label_of(session),
        "title": text(placed.titled, "title"),
        "when": hours(slot.starts_at, slot.ends_at, session.edition.zone),  # type: ignore[arg-type] # timed
        "room": placed.room.name if placed.room else "",
        "hue": session.track.hue if session.track else None,
        "track": text(session.track, "name") if session.track else "",
        "names": placed.names,
        "parts": placed.shown_parts,
    }


def cancelled_rows(placed: Iterable[Placed], untimed: Iterable[Session]) -> list[dict[str, Any]]:
    """What was cancelled, with the time and room it had."""
    rows = [
        {
            "session": one.session,
            "title": text(one.titled, "title"),
            "when": moment_range(one.slot.starts_at, one.slot.ends_at, one.session.edition.zone),  # type: ignore[arg-type] # timed
            "room": one.room.name if one.room else "",
        }
        for one in placed
    ]
    return rows + [{"session": session, "title": text(session, "title")} for session in untimed]
