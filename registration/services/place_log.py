"""Writes each change of a place down in the transaction that makes it, so that a queue can be replayed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from conference.models import User
from registration.models import PlaceChange, Registration, RegistrationType, WorkshopBooking
from sessions.models import Workshop

Reason = PlaceChange.Reason
Owner = RegistrationType | Workshop
AnyPlace = Registration | WorkshopBooking


def note(
    place: AnyPlace,
    owner: Owner,
    reason: str,
    at: datetime,
    *,
    before: str = "",
    by: User | None = None,
    note: str = "",
) -> None:
    """The place as it is now, and what it was; the owner is locked. Nobody in `by`: the site itself."""
    is_booking = isinstance(place, WorkshopBooking)
    PlaceChange.objects.create(
        registration_id=place.registration_id if isinstance(place, WorkshopBooking) else place.pk,
        booking_id=place.pk if is_booking else None,
        reason=reason,
        before=before,
        after=place.status,
        queue_number=place.queue_number,
        by=by,
        note=note,
        at=at,
        **_owned(owner),
    )


def note_bookings(
    bookings: Sequence[WorkshopBooking], reason: str, at: datetime, *, by: User | None = None
) -> None:
    """Many new ones at once; each carries its workshop, which is locked."""
    PlaceChange.objects.bulk_create(
        (
            PlaceChange(
                registration_id=booking.registration_id,
                booking=booking,
                reason=reason,
                after=booking.status,
                queue_number=booking.queue_number,
                by=by,
                at=at,
                **_owned(booking.workshop),
            )
            for booking in bookings
        ),
        batch_size=500,
    )


def note_capacity(owner: Owner, at: datetime, *, by: User | None = None) -> None:
    """The owner has another number of places from now on."""
    PlaceChange.objects.create(reason=Reason.CAPACITY, by=by, at=at, **_owned(owner))


def _owned(owner: Owner) -> dict[str, Any]:
    name = "registration_type_id" if isinstance(owner, RegistrationType) else "workshop_id"
    return {name: owner.pk, "capacity": owner.capacity}
