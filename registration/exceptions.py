"""Why a place cannot be had, in words that can be shown to the person who asked."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from registration.models import WorkshopBooking
    from sessions.models import Workshop


class Refusal(Exception):  # noqa: N818  it is no error that a place cannot be had
    """A refusal: nothing was changed, and str() says why."""


class RegistrationClosed(Refusal):
    def __str__(self) -> str:
        return _("Registration is not open.")


class AlreadyRegistered(Refusal):
    def __str__(self) -> str:
        return _("You are already registered.")


class RegistrationGone(Refusal):
    def __str__(self) -> str:
        return _("This registration is cancelled.")


class NotRegistered(Refusal):
    def __str__(self) -> str:
        return _("Only a confirmed registration can take a place in a workshop.")


class BookingClosed(Refusal):
    def __str__(self) -> str:
        return _("This workshop does not take bookings now.")


class WorkshopCancelled(Refusal):
    def __str__(self) -> str:
        return _("This workshop is cancelled.")


class AlreadyBooked(Refusal):
    def __str__(self) -> str:
        return _("You have a place in this workshop, or wait for one, already.")


class BecameFull(Refusal):
    """There is only a place on the waiting list, and nobody was asked whether that is fine."""

    def __init__(self, position: int) -> None:
        super().__init__(position)
        self.position = position

    def __str__(self) -> str:
        return _("It became full meanwhile: you would be number %(position)s on the waiting list.") % {
            "position": self.position
        }


class WorkshopClash(Refusal):
    """The person has, or waits for, a place in workshops at the same time."""

    def __init__(self, workshop: "Workshop", bookings: Sequence["WorkshopBooking"]) -> None:
        super().__init__(workshop, bookings)
        self.workshop = workshop
        self.bookings = list(bookings)

    def __str__(self) -> str:
        titles = [_("“%(title)s”") % {"title": booking.workshop.title} for booking in self.bookings]
        return ngettext(
            "At the same time you have a place in %(titles)s, or wait for one.",
            "At the same time you have places in %(titles)s, or wait for them.",
            len(titles),
        ) % {"titles": get_text_list(titles, _("and"))}
