"""Mails about places: rows in the outbox, written in the transaction of what they tell."""

from collections.abc import Collection
from typing import Any

from django.urls import reverse
from django.utils import translation

from conference.mail import absolute, queue_mail
from registration.models import Registration, WorkshopBooking
from registration.offers import fee_words
from registration.tickets.addresses import ticket_address
from registration.tickets.enclosed import ticket_of
from sessions.models import Workshop

WITH_TICKET = {"registration_confirmed", "registration_promoted", "ticket_reissued"}


def registered(registration: Registration, *, position: int | None = None, is_approved: bool = False) -> None:
    """Your place is confirmed, you are number N on the waiting list, or an organiser decides first."""
    name = {"waiting": "registration_waiting", "pending": "registration_pending"}.get(registration.status)
    position = position or _position(registration)
    _tell(registration, name or "registration_confirmed", position=position, is_approved=is_approved)


def ticket_reissued(registration: Registration, *, by_self: bool) -> None:
    """The code of the ticket is another one now; the mail has it."""
    _tell(registration, "ticket_reissued", by_self=by_self)


def registration_refused(registration: Registration) -> None:
    """With the organiser's reason."""
    _tell(registration, "registration_refused")


def registration_moved(registration: Registration) -> None:
    """An organiser made it another kind of registration."""
    _tell(registration, "registration_moved", position=_position(registration))


def registration_cancelled(registration: Registration, workshops: Collection[Workshop]) -> None:
    _tell(registration, "registration_cancelled", workshops=workshops)


def booked(booking: WorkshopBooking, given_back: Collection[Workshop] = ()) -> None:
    """You have a place in the workshop, or are number N on its waiting list."""
    name = "workshop_waiting" if booking.is_waiting else "workshop_booked"
    _tell_about_workshop(booking, name, position=_position(booking), given_back=given_back)


def given_back(booking: WorkshopBooking) -> None:
    _tell_about_workshop(booking, "workshop_given_back")


def promoted(place: Registration | WorkshopBooking, given_back: Collection[Workshop] = ()) -> None:
    """A place came free, and it is yours; perhaps another one of the round went back for it."""
    if isinstance(place, WorkshopBooking):
        _tell_about_workshop(place, "workshop_promoted", given_back=given_back)
    else:
        _tell(place, "registration_promoted")


def _position(place: Registration | WorkshopBooking) -> int | None:
    if not place.is_waiting:
        return None
    return position_of(place)


def position_of(place: Registration | WorkshopBooking) -> int:
    """Where it stands in its queue."""
    found = type(place).objects.with_position().filter(pk=place.pk).values_list("position", flat=True)
    return int(found.get())


def _tell_about_workshop(booking: WorkshopBooking, template: str, **context: Any) -> None:
    _tell(booking.registration, template, workshop=booking.workshop, **context)


def _tell(
    registration: Registration, template: str, workshop: Workshop | None = None, **context: Any
) -> None:
    user, edition = registration.user, registration.edition
    with translation.override(user.language):
        context["link"] = absolute(reverse("registration:my_registration", args=[edition.slug]))
        context["give_back_link"] = _give_back_link(edition.slug, workshop)
        context["ticket_link"] = absolute(ticket_address(registration))
        context["fee"] = fee_words(registration.registration_type)
    context |= {"registration": registration, "edition": edition, "name": user.name, "workshop": workshop}
    enclosures = ticket_of(registration) if template in WITH_TICKET else []
    queue_mail(
        to=user.email, template=template, context=context, language=user.language, enclosures=enclosures
    )


def _give_back_link(edition: str, workshop: Workshop | None) -> str:
    if workshop:
        return absolute(reverse("registration:give_back", args=[edition, workshop.slug]))
    return absolute(reverse("registration:cancel", args=[edition]))
