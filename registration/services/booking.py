"""Take and give back places in workshops."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from conference import clock
from conference.models import User
from registration import emails
from registration.changes.deadlines import check_own_changes
from registration.exceptions import (
    AlreadyBooked,
    BecameFull,
    BookingClosed,
    NotRegistered,
    WorkshopCancelled,
    WorkshopClash,
)
from registration.models import Registration, WorkshopBooking
from registration.places import takes_bookings
from registration.rounds.rules import refusal_of_booking, workshops_beside
from registration.services.place_log import Reason, note
from registration.services.same_person import check_same_person
from registration.services.waiting_list import end, fill, lock_workshops, newcomer
from sessions.models import Slot, Workshop


@transaction.atomic
def book_workshop(
    *,
    registration: Registration,
    workshop: Workshop,
    give_back: Collection[WorkshopBooking] | None = None,
    may_wait: bool = True,
    by: User | None = None,
    at: datetime | None = None,
) -> WorkshopBooking:
    """Give the attendee a place, or one on the waiting list when it is full.

    Bookings in `give_back` go back in the same step: if the place cannot be had, they are kept. Without
    `by` the attendee does it.
    """
    at = at or clock.now()
    returned_ids = {booking.workshop_id for booking in give_back or ()} - {workshop.pk}
    owners = {owner.pk: owner for owner in lock_workshops({workshop.pk, *returned_ids})}
    # The registration is locked too: one person's two requests at once must see each other.
    locked = (
        Registration.objects.confirmed()
        .select_related("user", "edition", "registration_type")
        .select_for_update(no_key=True, of=("self",))
        .filter(pk=registration.pk)
        .first()
    )
    if locked is None:
        raise NotRegistered
    check_same_person(locked, registration)
    check_may_book(locked, owners.get(workshop.pk), at)
    if not by:
        check_own_changes(locked, at)
    returned = list(locked.bookings.active().filter(workshop__in=returned_ids).select_related("workshop"))
    if clashes := clashing_bookings(locked, workshop, besides=returned):
        raise WorkshopClash(workshop, clashes)
    turn = newcomer(owners[workshop.pk], at)
    if turn.position and not may_wait:
        raise BecameFull(turn.position)
    for booking in returned:
        owner = owners[booking.workshop_id]
        end(booking, owner, at, by=by or locked.user)
        fill(owner, at)
    booking = WorkshopBooking.objects.create(
        registration=locked, workshop=owners[workshop.pk], **turn.columns
    )
    note(booking, owners[workshop.pk], Reason.TAKEN, at, by=by or locked.user)
    emails.booked(booking, [old.workshop for old in returned])
    return booking


def check_may_book(registration: Registration, workshop: Workshop | None, at: datetime) -> None:
    if workshop is None:
        raise BookingClosed
    if registration.edition_id != workshop.edition_id:
        raise NotRegistered
    if workshop.status == Workshop.Status.CANCELLED:
        raise WorkshopCancelled
    if not (workshop.takes_bookings and workshop.is_public and takes_bookings(workshop.edition, at)):
        raise BookingClosed
    if registration.bookings.active().filter(workshop=workshop).exists():
        raise AlreadyBooked
    if refusal := refusal_of_booking(workshop, at):
        raise refusal


def clashing_bookings(
    registration: Registration, workshop: Workshop, besides: Collection[WorkshopBooking] = ()
) -> list[WorkshopBooking]:
    """Places, also waiting ones, in other workshops that share a moment or a round with this one.

    Only released times count; a workshop without a time is in the way only of its round.
    """
    times = Slot.objects.released().filter(session=workshop.pk, starts_at__isnull=False)
    overlap = Q()
    for starts_at, ends_at in times.values_list("starts_at", "ends_at"):
        overlap |= Q(starts_at__lt=ends_at, ends_at__gt=starts_at)
    in_the_way = Q(workshop__in=workshops_beside(workshop.pk))
    if overlap:
        elsewhere = Slot.objects.released().filter(overlap).exclude(session=workshop.pk).values("session")
        in_the_way |= Q(workshop__in=elsewhere)
    bookings = registration.bookings.active().filter(in_the_way, workshop__status=Workshop.Status.PUBLISHED)
    kept = bookings.exclude(pk__in=[booking.pk for booking in besides])
    return list(kept.select_related("workshop").order_by("pk"))


@transaction.atomic
def cancel_booking(*, booking: WorkshopBooking, by: User | None = None, at: datetime | None = None) -> None:
    """Give the place back; the first attendee waiting takes it. Without `by` the attendee does it."""
    at = at or clock.now()
    workshops = lock_workshops([booking.workshop_id])
    bookings = WorkshopBooking.objects.active().select_related(
        "registration__user", "registration__edition", "registration__registration_type"
    )
    locked = bookings.select_for_update(no_key=True, of=("self",)).filter(pk=booking.pk).first()
    if locked is None:
        return
    check_same_person(locked.registration, booking.registration)
    if not by:
        check_own_changes(locked.registration, at)
    for workshop in workshops:
        reason = Reason.CANCELLED if by else Reason.GIVEN_BACK
        end(locked, workshop, at, by=by or locked.registration.user, reason=reason)
    emails.given_back(locked)
    for workshop in workshops:
        fill(workshop, at)
