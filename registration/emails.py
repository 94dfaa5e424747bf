"""Mails about places: rows in the outbox, written in the transaction of what they tell."""

from collections.abc import Collection
from typing import Any

from django.urls import reverse
from django.utils import translation

from conference.mail import absolute, queue_mail
from registration.models import Registration, WorkshopBooking
from sessions.models import Workshop


def registered(registration: Registration) -> None:
    """Your place is confirmed, or you are number N on the waiting list."""
    name = "registration_waiting" if registration.is_waiting else "registration_confirmed"
    _tell(registration, name, position=_position(registration))


def registration_cancelled(registration: Registration, workshops: Collection[Workshop]) -> None:
    _tell(registration, "registration_cancelled", workshops=workshops)


def booked(booking: WorkshopBooking, given_back: Collection[Workshop] = ()) -> None:
    """You have a place in the workshop, or are number N on its waiting list."""
    name = "workshop_waiting" if booking.is_waiting else "workshop_booked"
    _tell_about_workshop(booking, name, position=_position(booking), given_back=given_back)


def given_back(booking: WorkshopBooking) -> None:
    _tell_about_workshop(booking, "workshop_given_back")


def promoted(place: Registration | WorkshopBooking) -> None:
    """A place came free, and it is yours."""
    if isinstance(place, WorkshopBooking):
        _tell_about_workshop(place, "workshop_promoted")
    else:
        _tell(place, "registration_promoted")


def _position(place: Registration | WorkshopBooking) -> int | None:
    if not place.is_waiting:
        return None
    return position_of(place)


def position_of(place: Registration | WorkshopBooking) -> int:
    """Where it stands in its queue."""
    queued: Any = type(place).objects.with_position().get(pk=place.pk)
    return queued.position


def _tell_about_workshop(booking: WorkshopBooking, template: str, **context: Any) -> None:
    _tell(booking.registration, template, workshop=booking.workshop, **context)


def _tell(
    registration: Registration, template: str, workshop: Workshop | None = None, **context: Any
) -> None:
    user, edition = registration.user, registration.edition
    with translation.override(user.language):
        context["link"] = absolute(reverse("registration:my_registration", args=[edition.slug]))
        context["give_back_link"] = _give_back_link(edition.slug, workshop)
    context |= {"registration": registration, "edition": edition, "name": user.name, "workshop": workshop}
    queue_mail(to=user.email, template=template, context=context, language=user.language)


def _give_back_link(edition: str, workshop: Workshop | None) -> str:
    if workshop:
        return absolute(reverse("registration:give_back", args=[edition, workshop.slug]))
    return absolute(reverse("registration:cancel", args=[edition]))
