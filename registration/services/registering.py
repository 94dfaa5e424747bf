"""Register for an edition, change what was said, and cancel."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from conference.models import User
from registration import emails
from registration.exceptions import AlreadyRegistered, BecameFull, RegistrationClosed, RegistrationGone
from registration.models import Registration, RegistrationType
from registration.services.place_log import Reason, note
from registration.services.waiting_list import (
    Owner,
    Status,
    end,
    fill,
    lock_types,
    lock_workshops,
    newcomer,
    waiting_count,
)
from sessions.models import Workshop


@transaction.atomic
def register(
    *,
    user: User,
    registration_type: RegistrationType,
    role: str,
    country: str,
    organisation_name: str = "",
    dietary_needs: str = "",
    access_needs: str = "",
    consent_version: str = "",
    may_wait: bool = True,
    by_organiser: bool = False,
    by: User | None = None,
    at: datetime | None = None,
) -> Registration:
    """Give a person a place at the edition, or one on the waiting list when it is full.

    Who may not wait (nobody asked them yet) is refused when it is full. Organisers add people also
    when registration is closed. Without `by` the person does it.
    """
    at = at or timezone.now()
    owner = next(iter(lock_types([registration_type.pk])), None)
    if owner is None:
        raise RegistrationClosed
    if not by_organiser and not RegistrationType.objects.open(at).filter(pk=owner.pk).exists():
        raise RegistrationClosed
    if user.registrations.active().filter(edition=owner.edition).exists():
        raise AlreadyRegistered
    place = newcomer(owner, at)
    if place["status"] == Status.WAITING and not may_wait:
        raise BecameFull(waiting_count(owner) + 1)
    registration = _create(
        user=user,
        edition=owner.edition,
        registration_type=owner,
        role=role,
        country=country,
        organisation_name=organisation_name,
        dietary_needs=dietary_needs,
        access_needs=access_needs,
        consent_at=at,
        consent_version=consent_version,
        **place,
    )
    note(registration, owner, Reason.TAKEN, at, by=by or user)
    emails.registered(registration)
    return registration


def _create(**fields: object) -> Registration:
    try:
        with transaction.atomic():
            return Registration.objects.create(**fields)
    except IntegrityError as error:  # the same person, at the same moment, with another type
        raise AlreadyRegistered from error


@transaction.atomic
def update_registration(*, registration: Registration, **changes: str) -> Registration:
    """Change role, country, organisation or needs; none of them touches the place."""
    allowed = {"role", "country", "organisation_name", "dietary_needs", "access_needs"}
    if unknown := changes.keys() - allowed:
        raise TypeError(f"update_registration() cannot change {sorted(unknown)}")
    locked = Registration.objects.active().select_for_update(no_key=True).filter(pk=registration.pk).first()
    if locked is None:
        raise RegistrationGone
    for field, value in changes.items():
        setattr(locked, field, value)
    locked.save(update_fields=list(changes))
    return locked


@transaction.atomic
def cancel_registration(
    *, registration: Registration, by: User | None = None, at: datetime | None = None
) -> None:
    """Give the place at the edition back, and with it every place in its workshops. Without `by` the person does it."""
    at = at or timezone.now()
    types = lock_types([registration.registration_type_id])
    # All workshops that could be booked, so that a booking made meanwhile cannot slip through.
    held = Q(bookings__registration=registration) & ~Q(bookings__status=Status.CANCELLED)
    bookable = Q(edition=registration.edition_id, takes_bookings=True)
    workshops = lock_workshops(Workshop.objects.filter(held | bookable).values_list("pk", flat=True))
    rows = Registration.objects.active().select_related("user", "registration_type")
    locked = rows.select_for_update(no_key=True, of=("self",)).filter(pk=registration.pk).first()
    if locked is None:
        return
    bookings = list(locked.bookings.active().select_related("workshop"))
    reason = Reason.CANCELLED if by else Reason.GIVEN_BACK
    held_in = {workshop.pk: workshop for workshop in workshops}
    for booking in bookings:
        end(booking, held_in[booking.workshop_id], at, by=by or locked.user, reason=reason)
    end(locked, locked.registration_type, at, by=by or locked.user, reason=reason)
    emails.registration_cancelled(locked, [booking.workshop for booking in bookings])
    given_back = {booking.workshop_id for booking in bookings}
    owners: list[Owner] = [*types, *(workshop for workshop in workshops if workshop.pk in given_back)]
    for owner in owners:
        fill(owner, at)
