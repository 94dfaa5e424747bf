"""The timetable of an edition by day, time and room, and what has no time yet."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from conference.models import Edition
from conference.templatetags.dates import clock_range
from conference.templatetags.texts import text
from sessions import outline, timetable
from sessions.models import Kind, Session, Slot
from sessions.templatetags.programme import label_of
from sessions.views.sessions import EditionPage


def in_languages(*paths: str) -> list[str]:
    return [f"{path}{ending}" for path in paths for ending in ("", "_en", "_nl")]


OF_SLOT = ["starts_at", "ends_at", "release", "speaker_names", *in_languages("title", "room_name")]
OF_SLOT += [f"session__{name}" for name in ("kind", "number", "slug", "status", "edition", "part_of")]
OF_SLOT += in_languages("session__title", "session__session_type__name", "session__track__name")
OF_SLOT += in_languages("room__name", "room__venue__name")
OF_SLOT += ["session__track__hue", "room__position", "room__venue__position"]


@dataclass(frozen=True, order=True)
class RoomColumn:
    """A room as the timetable shows it, in the order of the venue."""

    venue_position: int
    venue: str
    position: int
    name: str
    pk: int


@dataclass
class Placed:
    """One slot of the timetable: released as it was then, in the draft as it is now."""

    slot: Slot
    session: Session
    titled: Slot | Session
    names: str
    parts: list[Session] = field(default_factory=list)  # without a time of their own


class ProgrammeView(EditionPage):
    template_name = "sessions/programme.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_draft = self.is_draft
        placed = placed_in(self.edition, is_draft=is_draft)
        unplaced = with_their_sessions(placed, untimed(self.edition, self.is_preview, is_draft=is_draft))
        items = [item_of(one) for one in placed]
        columns = sorted({item.room for item in items if isinstance(item.room, RoomColumn)})
        return super().get_context_data(
            days=timetable.arrange(items, zone=self.edition.zone, rooms=columns),
            has_several_venues=len({column.venue for column in columns}) > 1,
            unplaced=unplaced,
            is_draft=is_draft,
            preview=is_draft or self.is_preview,
            **kwargs,
        )

    @property
    def is_draft(self) -> bool:
        asked = self.request.GET.get("preview") == "draft"
        return asked and self.request.viewer.is_organiser  # type: ignore[attr-defined]


def slots_of(edition: Edition, *, is_draft: bool) -> QuerySet[Slot]:
    """Slots with a time: the released ones of what is still published, or the draft of what is not withdrawn."""
    slots = Slot.objects.filter(session__edition=edition, starts_at__isnull=False)
    if is_draft:
        return slots.draft().exclude(session__status=Session.Status.WITHDRAWN)
    return slots.released().filter(session__status=Session.Status.PUBLISHED)


def placed_in(edition: Edition, *, is_draft: bool) -> list[Placed]:
    slots = slots_of(edition, is_draft=is_draft)
    slots = slots.select_related("session__session_type", "session__track", "room__venue").only(*OF_SLOT)
    if is_draft:
        slots = slots.prefetch_related("session__appearances__speaker")
    return [placed_of(slot, edition, is_draft=is_draft) for slot in slots]


def placed_of(slot: Slot, edition: Edition, *, is_draft: bool) -> Placed:
    session = slot.session
    session.edition = edition
    if not is_draft:
        return Placed(slot, session, slot if slot.title else session, slot.speaker_names)
    names = dict.fromkeys(one.speaker.public_name for one in session.appearances.all())
    return Placed(slot, session, session, ", ".join(names))


def item_of(placed: Placed) -> timetable.Item:
    slot, room = placed.slot, placed.slot.room
    column = None
    if room:
        name = slot.room_name or room.name
        column = RoomColumn(room.venue.position, room.venue.name, room.position, name, room.pk)
    return timetable.Item(slot.starts_at, slot.ends_at, column, shown_of(placed, column))  # type: ignore[arg-type] # timed


def shown_of(placed: Placed, column: RoomColumn | None) -> dict[str, Any]:
    """What the timetable writes down, ready: templates look up a word faster than they follow a path."""
    slot, session = placed.slot, placed.session
    return {
        "is_break": session.kind == Kind.BREAK,
        "url": session.get_absolute_url(),
        "label": "" if session.number is None else label_of(session),
        "title": text(placed.titled, "title"),
        "when": clock_range(slot.starts_at, slot.ends_at, session.edition.zone),  # type: ignore[arg-type] # timed
        "room": column.name if column else "",
        "hue": session.track.hue if session.track else None,
        "track": text(session.track, "name") if session.track else "",
        "names": placed.names,
        "parts": placed.parts,
    }


def untimed(edition: Edition, is_preview: bool, *, is_draft: bool) -> list[Session]:
    """What is shown of this edition but has no time; breaks without a time say nothing."""
    timed = slots_of(edition, is_draft=is_draft).filter(session=OuterRef("pk"))
    sessions = outline.shown_in(edition, drafts=is_preview or is_draft).exclude(kind=Kind.BREAK)
    entries = {}
    for session in sessions.filter(~Exists(timed)).select_related("session_type"):
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
