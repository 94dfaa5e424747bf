"""The kinds of registration an edition offers now, and what a newcomer would get."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from conference.models import Edition
from registration.models import Place, RegistrationType
from registration.places import Places


@dataclass(frozen=True)
class Offer:
    """A registration type that is open, with its places."""

    type: RegistrationType
    places: Places

    @property
    def is_full(self) -> bool:
        return self.places.state == "full"

    @property
    def words(self) -> str:
        """Places left, or the number one would have on the waiting list; nothing without a limit."""
        if self.is_full:
            return _("full: you would be number %(position)s on the waiting list") % {
                "position": self.places.waiting + 1
            }
        return "" if self.places.left is None else self.places.words


def offers_of(edition: Edition, at: datetime | None = None) -> list[Offer]:
    """Every open type with its places, in order, in one query."""
    types = RegistrationType.objects.open(at or timezone.now()).filter(edition=edition)
    counted = types.annotate(
        confirmed=Count("registrations", filter=Q(registrations__status=Place.Status.CONFIRMED)),
        waiting=Count("registrations", filter=Q(registrations__status=Place.Status.WAITING)),
    )
    return [
        Offer(kind, Places(kind.capacity, kind.confirmed, kind.waiting, is_bookable=True)) for kind in counted
    ]


def names_of_full(offers: Iterable[Offer]) -> str:
    """What the form sends back, so that nobody waits who was not told: the full types, by pk."""
    return ",".join(str(offer.type.pk) for offer in offers if offer.is_full)
