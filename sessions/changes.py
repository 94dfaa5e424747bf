"""What one state of a timetable changes against another, as data and in words; knows nothing of the database.

In:  two lists of slots as a release freezes them: `guid`, `session_id`, `starts_at`, `ends_at`, `is_cancelled`, and the
     translated `title` and `room_name`.
Out: a list of `Change`s in the order of time. A slot that has another time or room is moved, one that has another
     title is renamed, one that is and does both gives two changes. Titles and rooms are those in the active language.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from conference.dates import LAST, moment_range
from conference.templatetags.texts import shown

Kind = Literal["added", "moved", "renamed", "cancelled"]
KINDS: list[Kind] = ["added", "moved", "renamed", "cancelled"]


@dataclass(frozen=True)
class When:
    """Times and room of a slot; without a time it is still to be announced, without a room it is anywhere."""

    starts_at: datetime | None
    ends_at: datetime | None
    room: str = ""


@dataclass(frozen=True)
class Change:
    kind: Kind
    session_pk: int
    slot_guid: UUID
    title_before: str
    title_after: str
    before: When | None
    after: When | None

    @property
    def title(self) -> str:
        return self.title_after or self.title_before

    @property
    def key(self) -> tuple[datetime, str, int]:
        """By the time that counts now: the new one, or that of what is no more."""
        at = (self.after or self.before or When(None, None)).starts_at
        return at or LAST, self.title, KINDS.index(self.kind)


def changes_between(before_slots: Iterable[Any], after_slots: Iterable[Any]) -> list[Change]:
    """From one list of frozen slots to another; tombstones count as not being there."""
    before = {slot.guid: slot for slot in before_slots if not slot.is_cancelled}
    after = {slot.guid: slot for slot in after_slots if not slot.is_cancelled}
    changes = [change for guid in {**before, **after} for change in _of(before.get(guid), after.get(guid))]
    return sorted(changes, key=lambda change: change.key)


def _of(before: Any, after: Any) -> list[Change]:
    if before is None:
        return [Change("added", after.session_id, after.guid, "", _title(after), None, _when(after))]
    if after is None:
        return [Change("cancelled", before.session_id, before.guid, _title(before), "", _when(before), None)]
    kinds: list[Kind] = []
    if _when(before) != _when(after):
        kinds.append("moved")
    if _title(before) != _title(after):
        kinds.append("renamed")
    both = (_title(before), _title(after), _when(before), _when(after))
    return [Change(kind, after.session_id, after.guid, *both) for kind in kinds]


def _title(slot: Any) -> str:
    return shown(slot, "title")[0]


def _when(slot: Any) -> When:
    return When(slot.starts_at, slot.ends_at, shown(slot, "room_name")[0])


def words_of(change: Change, zone: ZoneInfo) -> str:
    """One sentence in the active language, with times on the clock of the edition; without a title it names none."""
    unnamed = _("(no longer public)")
    names = {"title": change.title or unnamed, "old_title": change.title_before or unnamed}
    if change.kind == "added":
        return _("Added: “%(title)s”, %(to)s") % {**names, "to": _place(change.after, zone)}
    if change.kind == "cancelled":
        return _("Cancelled: “%(title)s”, planned for %(from)s") % {
            **names,
            "from": _place(change.before, zone),
        }
    if change.kind == "renamed":
        return _("Renamed: “%(old_title)s” is now “%(title)s”") % names
    return _moved(change, zone, names)


def _moved(change: Change, zone: ZoneInfo, names: dict[str, str]) -> str:
    before, after = change.before or When(None, None), change.after or When(None, None)
    if (before.starts_at, before.ends_at) == (after.starts_at, after.ends_at):
        rooms = {"from": before.room or _("the whole venue"), "to": after.room or _("the whole venue")}
        return _("Moved: “%(title)s” from %(from)s to %(to)s, %(when)s") % {
            **names, **rooms, "when": _time(after, zone),
        }  # fmt: skip
    places = {"from": _place(before, zone), "to": _place(after, zone)}
    return _("Moved: “%(title)s” from %(from)s to %(to)s") % {**names, **places}


def _place(when: When | None, zone: ZoneInfo) -> str:
    if when is None:
        return _time(when, zone)
    return f"{_time(when, zone)}, {when.room}" if when.room else _time(when, zone)


def _time(when: When | None, zone: ZoneInfo) -> str:
    if when is None or when.starts_at is None or when.ends_at is None:
        return _("a time to be announced")
    return moment_range(when.starts_at, when.ends_at, zone)
