"""How many places a workshop has left, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conference import clock
from conference.models import Edition
from registration.models import Place, Round, RoundWorkshop
from sessions.models import Session, Workshop

FEW = 5


@dataclass(frozen=True)
class Places:
    """Capacity (None: no limit), how many are taken and how many wait."""

    capacity: int | None = None
    confirmed: int = 0
    waiting: int = 0
    is_bookable: bool = False
    is_by_rank: bool = False  # given by ranked choice, and not yet

    @property
    def left(self) -> int | None:
        """Places a newcomer could take; none while someone waits."""
        if self.capacity is None:
            return None
        return 0 if self.waiting else max(0, self.capacity - self.confirmed)

    @property
    def state(self) -> str:
        if not self.is_bookable:
            return "none"
        if self.left is None or self.is_by_rank:
            return "open"
        if self.left == 0:
            return "full"
        return "few" if self.left <= FEW else "open"

    @property
    def words(self) -> str:
        if not self.is_bookable:
            return ""
        if self.is_by_rank:
            return _("places by ranked choice")
        if self.left is None:
            return _("places free")
        if self.left:
            return ngettext("%(count)s place left", "%(count)s places left", self.left) % {"count": self.left}
        if self.waiting:
            return _("full, %(count)s waiting") % {"count": self.waiting}
        return _("full")


NO_PLACES = Places()
EDITION_FIELDS = (
    "starts_on",
    "ends_on",
    "date_precision",
    "time_zone",
    "registration_opens_at",
    "registration_closes_at",
)


def takes_bookings(edition: Edition, at: datetime | None = None) -> bool:
    """Workshops can be chosen until the edition is over."""
    return edition.registration_is_open(at) or edition.phase(at) != "after"


def places_in(workshops: Iterable[Session], at: datetime | None = None) -> dict[int, Places]:
    """Places of each published workshop by its pk, in one query; what takes no bookings or is over has none."""
    at = at or clock.now()
    rows = (
        Workshop.objects.filter(
            pk__in=[workshop.pk for workshop in workshops],
            takes_bookings=True,
            status=Workshop.Status.PUBLISHED,  # one that was withdrawn or called off has no places to take
        )
        .select_related("edition")
        .only("capacity", *(f"edition__{field}" for field in EDITION_FIELDS))
        .annotate(
            confirmed=Count("bookings", filter=Q(bookings__status=Place.Status.CONFIRMED)),
            waiting=Count("bookings", filter=Q(bookings__status=Place.Status.WAITING)),
            is_by_rank=Exists(
                RoundWorkshop.objects.filter(
                    workshop=OuterRef("pk"), round__way=Round.Way.RANKED, round__published_at=None
                )
            ),
        )
        .order_by()
    )
    return {
        row.pk: Places(
            row.capacity, row.confirmed, row.waiting, takes_bookings(row.edition, at), row.is_by_rank
        )
        for row in rows
    }


def with_places_left(workshops: Iterable[Session]) -> set[int]:
    """Those of these workshops in which a newcomer can take a place now, by their pk; one query."""
    return {pk for pk, places in places_in(workshops).items() if places.state in ("open", "few")}
