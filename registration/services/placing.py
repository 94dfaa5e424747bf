"""The organiser's hand: a place on purpose, also where everything is full, so that 31/30 have one."""

from datetime import datetime
from typing import Any

from django.db import transaction

from conference import clock
from conference.models import User
from registration import emails
from registration.exceptions import (
    AlreadyBooked,
    NothingToPlace,
    NotRegistered,
    WorkshopCancelled,
    WorkshopClash,
)
from registration.models import Registration, WorkshopBooking
from registration.services.booking import clashing_bookings
from registration.services.place_log import Reason, note
from registration.services.waiting_list import Status, lock_types, lock_workshops, next_queue_number
from sessions.models import Workshop


@transaction.atomic
def place_on_purpose(
    *,
    by: User,
    registration: Registration | None = None,
    booking: WorkshopBooking | None = None,
    workshop: Workshop | None = None,
    at: datetime | None = None,
) -> Registration | WorkshopBooking:
    """A registration that waits, a booking that waits, or a registered person into a workshop."""
    at = at or clock.now()
    if booking:
        return _place_booking(booking, by, at)
    if registration is None:
        raise TypeError("place_on_purpose() needs a registration or a booking")
    if workshop:
        return _place_in_workshop(registration, workshop, by, at)
    return _place_registration(registration, by, at)


def _place_registration(registration: Registration, by: User, at: datetime) -> Registration:
    owners = lock_types([registration.registration_type_id])
    rows = Registration.objects.waiting().select_related("user", "edition")
    locked = rows.select_for_update(no_key=True, of=("self",)).filter(
        pk=registration.pk, registration_type__in=owners
    )
    place = _confirmed(locked.first(), at)
    note(place, owners[0], Reason.PLACED, at, before=Status.WAITING, by=by)
    emails.registered(place)
    return place


def _place_booking(booking: WorkshopBooking, by: User, at: datetime) -> WorkshopBooking:
    owners = lock_workshops([booking.workshop_id])
    rows = WorkshopBooking.objects.waiting().select_related("registration__user", "registration__edition")
    locked = rows.select_for_update(no_key=True, of=("self",)).filter(pk=booking.pk).first()
    if locked and owners[0].status == Workshop.Status.CANCELLED:
        raise WorkshopCancelled
    place = _confirmed(locked, at)
    note(place, owners[0], Reason.PLACED, at, before=Status.WAITING, by=by)
    emails.booked(place)
    return place


def _place_in_workshop(
    registration: Registration, workshop: Workshop, by: User, at: datetime
) -> WorkshopBooking:
    owner = next(iter(lock_workshops([workshop.pk])), None)
    rows = Registration.objects.confirmed().select_related("user", "edition")
    locked = rows.select_for_update(no_key=True, of=("self",)).filter(pk=registration.pk).first()
    if owner is None or locked is None or locked.edition_id != owner.edition_id:
        raise NotRegistered
    if owner.status == Workshop.Status.CANCELLED:
        raise WorkshopCancelled
    held = locked.bookings.active().filter(workshop=owner).first()
    if held and held.is_confirmed:
        raise AlreadyBooked
    if held:
        return _place_booking(held, by, at)
    if clashes := clashing_bookings(locked, owner):
        raise WorkshopClash(owner, clashes)
    place = WorkshopBooking.objects.create(
        registration=locked,
        workshop=owner,
        status=Status.CONFIRMED,
        confirmed_at=at,
        queue_number=next_queue_number(owner),
    )
    note(place, owner, Reason.PLACED, at, by=by)
    emails.booked(place)
    return place


def _confirmed(place: Any, at: datetime) -> Any:
    if place is None:
        raise NothingToPlace
    place.status, place.confirmed_at = Status.CONFIRMED, at
    place.save(update_fields=["status", "confirmed_at"])
    return place
