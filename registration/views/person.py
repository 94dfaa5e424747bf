"""Whoever is logged in, and what they have at an edition: everything else is found through its owner."""

from typing import cast

from django.http import HttpRequest

from conference.models import Edition, User
from registration.models import PlaceQuerySet, Registration


def person(request: HttpRequest) -> User:
    """For views that only a logged-in person reaches."""
    return cast(User, request.user)


def registrations_of(request: HttpRequest) -> PlaceQuerySet:
    """All of mine, each with its position in the queue."""
    mine: PlaceQuerySet = person(request).registrations.all()
    return mine.with_position().select_related("registration_type")


def active_of(request: HttpRequest, edition: Edition) -> Registration | None:
    """My registration at the edition, unless it is cancelled."""
    return with_edition(registrations_of(request).active().filter(edition=edition).first(), edition)


def latest_of(request: HttpRequest, edition: Edition) -> Registration | None:
    """The one that counts: the active one, else the one cancelled last."""
    mine = list(registrations_of(request).filter(edition=edition).order_by("-pk"))
    active = (registration for registration in mine if registration.is_active)
    return with_edition(next(active, next(iter(mine), None)), edition)


def with_edition(registration: Registration | None, edition: Edition) -> Registration | None:
    """Spares asking for the edition again."""
    if registration:
        registration.edition = edition
    return registration
