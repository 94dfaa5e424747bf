"""Slots of the timetable as an iCalendar (RFC 5545), for anyone's calendar to take or to subscribe to."""

from collections.abc import Iterable

from sessions.models import Slot
from sessions.models.slot import SlotQuerySet


def for_calendar(slots: SlotQuerySet) -> SlotQuerySet:
    """The same slots of a release, read with all that calendar() says of them, in a constant number of queries."""
    related = slots.exclude(starts_at=None).select_related(
        "release", "session__edition", "session__track", "room__venue"
    )
    return related.prefetch_related("session__topics").order_by("starts_at", "guid")


def calendar(slots: Iterable[Slot], *, name: str, language: str) -> bytes:
    """A calendar of this name with one entry for each slot, cancelled ones marked as such."""
    raise NotImplementedError
