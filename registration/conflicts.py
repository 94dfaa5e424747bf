"""What booked places say about the draft of a timetable."""

from collections.abc import Iterator

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registration.models import Place, WorkshopBooking
from sessions.conflicts.draft import Draft
from sessions.conflicts.registry import Finding, rule
from sessions.conflicts.words import room_of, title_of


@rule("room_full", gettext_lazy("Room too small for the bookings"))
def room_full(draft: Draft) -> Iterator[Finding]:
    """Asked in one query; only who has a place needs a chair."""
    booked = bookings_in(draft)
    for slot in draft.slots:
        count, room = booked.get(slot.session_id, 0), slot.room
        if count and room and room.capacity is not None and room.capacity < count:
            words = _("%(count)s places in “%(title)s” are booked, and %(room)s holds %(capacity)s.") % {
                "count": count, "title": title_of(slot.session),
                "room": room_of(slot), "capacity": room.capacity,
            }  # fmt: skip
            yield Finding(words, slots=[slot])


def bookings_in(draft: Draft) -> dict[int, int]:
    bookings = WorkshopBooking.objects.filter(workshop__edition=draft.edition, status=Place.Status.CONFIRMED)
    counted = bookings.order_by().values("workshop").annotate(count=Count("pk"))
    return dict(counted.values_list("workshop", "count"))
