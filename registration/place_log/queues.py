"""Every queue of an edition beside its log: what was played again, and whether it is how things stand."""

from dataclasses import dataclass
from itertools import groupby

from conference.models import Edition
from registration.models import Place, PlaceChange, Registration, RegistrationType, WorkshopBooking
from registration.place_log.replay import replay
from sessions.models import Workshop

ENDED = Place.Status.CANCELLED


@dataclass(frozen=True)
class Queue:
    """`wrong`: steps that could not be; `differing`: places that stand otherwise; `unlogged`: older than the log."""

    name: str
    capacity: int | None
    confirmed: int
    waiting: int
    steps: int
    wrong: list[str]
    differing: int
    unlogged: int

    @property
    def is_right(self) -> bool:
        return not self.wrong and not self.differing


def queues_of(edition: Edition) -> list[Queue]:
    """Registration types first, then workshops that have or had bookings; six queries for any number of them."""
    types = RegistrationType.objects.filter(edition=edition)
    workshops = Workshop._base_manager.filter(edition=edition, bookings__isnull=False).distinct()
    registrations = Registration.objects.filter(edition=edition)
    bookings = WorkshopBooking.objects.filter(workshop__edition=edition)
    return [
        *played(types, "registration_type_id", registrations),
        *played(workshops.order_by("position", "number", "pk"), "workshop_id", bookings),
    ]


def played(owners, field: str, places) -> list[Queue]:  # type: ignore[no-untyped-def]
    owners = list(owners)
    changes = PlaceChange.objects.filter(**{f"{field}__in": [owner.pk for owner in owners]})
    log = {
        key: list(some)
        for key, some in groupby(changes.order_by(field, "pk"), lambda change: getattr(change, field))
    }
    standing: dict[int, dict[int, str]] = {}
    for owner, place, status in places.values_list(field, "pk", "status"):
        standing.setdefault(owner, {})[place] = status
    return [queue_of(owner, log.get(owner.pk, []), standing.get(owner.pk, {})) for owner in owners]


def queue_of(owner: RegistrationType | Workshop, log: list[PlaceChange], standing: dict[int, str]) -> Queue:
    again = replay(log)
    statuses = list(standing.values())
    return Queue(
        name=str(owner),
        capacity=owner.capacity,
        confirmed=statuses.count(Place.Status.CONFIRMED),
        waiting=statuses.count(Place.Status.WAITING),
        steps=len(log),
        wrong=again.wrong,
        # What ended here and stands here no more went to another kind of registration.
        differing=sum(standing.get(place, ENDED) != status for place, status in again.status.items()),
        unlogged=len(standing.keys() - again.status.keys()),
    )
