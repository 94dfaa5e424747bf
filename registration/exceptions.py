"""Why a place cannot be had, in words that can be shown to the person who asked."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from registration.models import QuestionOption, WorkshopBooking
    from sessions.models import Workshop


class Refusal(Exception):  # noqa: N818  it is no error that a place cannot be had
    """A refusal: nothing was changed, and str() says why."""


class RegistrationClosed(Refusal):
    def __str__(self) -> str:
        return _("Registration is not open.")


class AccountClosed(Refusal):
    """Somebody closed the account while the request was on its way."""

    def __str__(self) -> str:
        return _("This account is closed.")


class NotForYou(Refusal):
    """The kind of registration is for others: for who was invited, for members, for addresses of a domain."""

    def __str__(self) -> str:
        return _("This kind of registration is not open to you.")


class ChangesClosed(Refusal):
    """The moment is past until which people change and cancel by themselves."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words

    def __str__(self) -> str:
        return self.words


class ChangedMeanwhile(Refusal):
    def __str__(self) -> str:
        return _("This registration was changed meanwhile. Please look at it again.")


class NotPending(Refusal):
    def __str__(self) -> str:
        return _("Somebody decided about this registration meanwhile.")


class NothingToPlace(Refusal):
    def __str__(self) -> str:
        return _("This person does not wait for a place there.")


class PlaceWouldBeLost(Refusal):
    def __str__(self) -> str:
        return _("That kind of registration has no free place. You keep what you have.")


class InvoiceUnderWay(Refusal):
    def __str__(self) -> str:
        return _("There is an invoice for this registration. Write to the organisers to change it.")


class NoInvoice(Refusal):
    def __str__(self) -> str:
        return _("There is nothing to pay for this registration.")


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


class OptionGone(Refusal):
    def __str__(self) -> str:
        return _("One of the answers you chose is no longer there. Please choose again.")


class OptionFull(Refusal):
    """As many people chose this answer as may."""

    def __init__(self, option: "QuestionOption") -> None:
        super().__init__(option)
        self.option = option

    def __str__(self) -> str:
        return _("“%(answer)s” is full. Please choose another answer.") % {"answer": self.option.label}


class TooEarlyToBePresent(Refusal):
    """A list is ticked before anybody can have come."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words

    def __str__(self) -> str:
        return self.words


class NoTicket(Refusal):
    def __str__(self) -> str:
        return _("Only a confirmed registration has a ticket.")
