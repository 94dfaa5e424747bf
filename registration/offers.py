"""The kinds of registration an edition offers somebody now, and what they would get."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from conference.models import Edition
from conference.turns import read_in_line
from registration.models import Place, RegistrationType
from registration.moments import moment_words
from registration.places import Places
from registration.services.eligibility import known_types, types_of


@dataclass(frozen=True)
class Offer:
    """A registration type that is open, with its places."""

    type: RegistrationType
    places: Places

    @property
    def is_full(self) -> bool:
        """Whether one would wait; what needs approval gives neither a place nor a number before somebody decides."""
        return self.places.state == "full" and not self.type.needs_approval

    @property
    def words(self) -> str:
        """Places left, or the number one would have on the waiting list; nothing without a limit."""
        if self.type.needs_approval:
            return _("needs approval")
        if self.is_full:
            return _("full: you would be number %(position)s on the waiting list") % {
                "position": self.places.waiting + 1
            }
        return "" if self.places.left is None else self.places.words

    @property
    def fee(self) -> str:
        return fee_words(self.type)

    @property
    def closes(self) -> str:
        """The moment after which nobody takes it any more, with its zone: its own, or that of the edition."""
        edition = self.type.edition
        ends = [moment for moment in (self.type.closes_at, edition.registration_closes_at) if moment]
        return moment_words(min(ends), edition) if ends else ""

    @property
    def closes_earlier(self) -> bool:
        last = self.type.edition.registration_closes_at
        return bool(self.type.closes_at and last and self.type.closes_at < last)


def fee_words(kind: RegistrationType) -> str:
    """“120.00 EUR”, as numbers are written in the language of the page; nothing when it is free."""
    return amount_words(kind.fee_amount, kind.fee_currency) if kind.fee_amount else ""


def amount_words(amount: Decimal, currency: str) -> str:
    return f"{number_format(amount, decimal_pos=2, force_grouping=True)}\u00a0{currency}"


def offers_of(
    edition: Edition, *, user: Any = None, invitation_key: str = "", at: datetime | None = None
) -> list[Offer]:
    """Every open type this person may take with its places, in order; in one query where all are for everyone."""
    return open_offers(offers_known(edition, user=user, invitation_key=invitation_key), at)


def open_offers(known: Iterable[Offer], at: datetime | None = None) -> list[Offer]:
    return [offer for offer in known if offer.type.is_open(at)]


def offers_known(edition: Edition, *, user: Any = None, invitation_key: str = "") -> list[Offer]:
    """The same with those that are closed, or not open yet."""
    types = read_in_line(("offers", edition.pk), lambda: types_of(edition, counted()))
    known: list[Any] = known_types(edition, user=user, invitation_key=invitation_key, types=types)
    return [
        Offer(kind, Places(kind.capacity, kind.confirmed, kind.waiting, is_bookable=True)) for kind in known
    ]


def counted() -> QuerySet[RegistrationType]:
    return RegistrationType.objects.annotate(
        confirmed=Count("registrations", filter=Q(registrations__status=Place.Status.CONFIRMED)),
        waiting=Count("registrations", filter=Q(registrations__status=Place.Status.WAITING)),
    )


def names_of_full(offers: Iterable[Offer]) -> str:
    """What the form sends back, so that nobody waits who was not told: the full types, by pk."""
    return ",".join(str(offer.type.pk) for offer in offers if offer.is_full)
