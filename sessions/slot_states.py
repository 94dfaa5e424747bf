"""Where a slot of the draft stands, as it travels to the editor and back, and the words for a step in editing."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypedDict
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conference.dates import moment_range
from conference.models import Edition, Room
from sessions.models import Slot, SlotChange


class SlotState(TypedDict):
    """The three things that a step changes; moments in UTC, so that equal ones are written alike."""

    room: int | None
    starts_at: str | None
    ends_at: str | None


def state_of(slot: Slot | None) -> SlotState | None:
    if slot is None:
        return None
    return {"room": slot.room_id, "starts_at": written(slot.starts_at), "ends_at": written(slot.ends_at)}


def written(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat() if at else None


@dataclass(frozen=True)
class Places:
    """What it takes to name a state: the clock of the edition and its rooms."""

    zone: ZoneInfo
    rooms: dict[int, str]

    @classmethod
    def of(cls, edition: Edition) -> "Places":
        rooms = Room.objects.filter(venue__edition=edition)
        return cls(edition.zone, {room.pk: room.name for room in rooms})

    def words(self, state: SlotState | None) -> str:
        """“Saturday 13 March 2027, 09:30–11:00, Room 2”."""
        if not has_time(state):
            return _("not in the timetable")
        starts_at, ends_at = (datetime.fromisoformat(str(state[key])) for key in ("starts_at", "ends_at"))  # type: ignore[index,literal-required]
        return f"{moment_range(starts_at, ends_at, self.zone)}, {self.room(state['room'])}"  # type: ignore[index]

    def room(self, pk: int | None) -> str:
        if pk is None:
            return _("the whole venue")
        return self.rooms.get(pk, _("a room that is no more"))


def has_time(state: SlotState | None) -> bool:
    return bool(state and state["starts_at"])


def words_of(change: SlotChange, places: Places) -> str:
    """One step in the active language."""
    title = {"title": change.session.title}
    if len(change.after) > 1 and not any(change.before.values()):
        copied = ngettext(
            "“%(title)s” copied to %(count)s more room",
            "“%(title)s” copied to %(count)s more rooms",
            len(change.after),
        )
        return copied % {**title, "count": len(change.after)}
    own = own_slot(change)
    before, after = change.before.get(own), change.after.get(own)
    where = {**title, "from": places.words(before), "to": places.words(after)}
    if not has_time(after):
        return _("“%(title)s” taken out; it was %(from)s") % where
    if not has_time(before):
        return _("“%(title)s” placed: %(to)s") % where
    return _("“%(title)s” moved from %(from)s to %(to)s") % where


def own_slot(change: SlotChange) -> str:
    """The slot of the session itself among those that moved along: its parts were within it."""

    def length(guid: str) -> timedelta:
        state = change.before.get(guid)
        if not has_time(state):
            return timedelta()
        return datetime.fromisoformat(state["ends_at"]) - datetime.fromisoformat(state["starts_at"])

    return max(change.after, key=lambda guid: (length(guid), guid == str(change.session.guid)), default="")
