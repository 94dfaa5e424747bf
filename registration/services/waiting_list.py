"""First come, first served: who gets a place, who waits, and who moves up when one comes free.

Everything here is done under the lock of whoever owns the capacity: registration types first, then
workshops, each by pk. Place rows are touched only after their owner is locked.
"""

from collections.abc import Iterable
from copy import copy
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Count, F, Max, Q

from conference import clock
from conference.mail.batches import one_batch
from conference.models import Edition, User
from registration import emails
from registration.models import (
    Place,
    PlaceQuerySet,
    Registration,
    RegistrationType,
    RoundWorkshop,
    WorkshopBooking,
)
from registration.rounds.moving_up import lower_bookings
from registration.services.place_log import Reason, note, note_capacity
from sessions.models import Kind, Session, Workshop

Status = Place.Status
Owner = RegistrationType | Workshop


def lock_types(ids: Iterable[int], edition: Edition | None = None) -> list[RegistrationType]:
    """With their edition; of one that is given, only its moments are read again."""
    types = RegistrationType.objects.select_for_update(no_key=True, of=("self",))
    rows = types.filter(pk__in=set(ids)).order_by("pk")
    if edition is None:
        return list(rows.select_related("edition"))
    opens, closes = F("edition__registration_opens_at"), F("edition__registration_closes_at")
    found = []
    for row in rows.annotate(edition_opens_at=opens, edition_closes_at=closes):
        row.edition = copy(edition)  # the given one belongs to others too
        row.edition.registration_opens_at = row.edition_opens_at
        row.edition.registration_closes_at = row.edition_closes_at
        found.append(row)
    return found  # type: ignore[return-value]  # a list of annotated rows


def lock_workshops(ids: Iterable[int]) -> list[Workshop]:
    # Also those that an organiser made something else than a workshop while people had places.
    workshops = Workshop._base_manager.select_for_update(no_key=True, of=("self",))
    asked = set(ids)
    # Whoever moves up in an allocated round leaves another workshop of it, which is then filled too.
    beside = RoundWorkshop.objects.filter(
        round__published_at__isnull=False, round__choices__workshop__in=asked
    ).values("workshop")
    rows = workshops.filter(Q(pk__in=asked) | Q(pk__in=beside)).select_related("edition").order_by("pk")
    return [workshop for workshop in rows if workshop.pk in asked]


def places_of(owner: Owner) -> PlaceQuerySet:
    return owner.registrations.all() if isinstance(owner, RegistrationType) else owner.bookings.all()


def free_places(owner: Owner) -> int | None:
    """How many more may be confirmed; None without a limit. Overbooked counts as none."""
    if owner.capacity is None:
        return None
    return max(0, owner.capacity - places_of(owner).confirmed().count())


def next_queue_number(owner: Owner) -> int:
    """One more than any place here has, cancelled ones too: the end of the queue.

    A number comes again when whoever had the highest is gone altogether; the queue goes by number, then by row.
    """
    return (places_of(owner).aggregate(last=Max("queue_number"))["last"] or 0) + 1


class Turn(NamedTuple):
    """What a newcomer gets: the columns of a place, and where in the queue it stands; nowhere, when it is free."""

    columns: dict[str, Any]
    position: int | None = None


def newcomer(owner: Owner, at: datetime) -> Turn:
    """A free place, else the end of the queue. The owner is locked."""
    queue = counted(owner)
    if queue["waiting"] and not is_full(owner, queue):  # whoever waits comes before whoever comes
        fill(owner, at)
        queue = counted(owner)
    number = queue["last"] + 1
    if is_full(owner, queue):
        return Turn({"queue_number": number, "status": Status.WAITING}, position=queue["waiting"] + 1)
    return Turn({"queue_number": number, "status": Status.CONFIRMED, "confirmed_at": at})


def counted(owner: Owner) -> dict[str, int]:
    """How many are confirmed, how many wait, and the highest number that a place has; one query."""
    rows = places_of(owner).values_list("status").annotate(Count("pk"), Max("queue_number")).order_by()
    numbers = {status: number for status, number, _last in rows}
    return {
        "confirmed": numbers.get(Status.CONFIRMED, 0),
        "waiting": numbers.get(Status.WAITING, 0),
        "last": max((last or 0 for _status, _number, last in rows), default=0),
    }


def is_full(owner: Owner, queue: dict[str, int]) -> bool:
    return owner.capacity is not None and queue["confirmed"] >= owner.capacity


@one_batch()
def fill(owner: Owner, at: datetime, *, is_told: bool = True) -> list[Registration | WorkshopBooking]:
    """Give free places to the head of the queue, with one mail each. The owner is locked."""
    if owner.edition.phase(at) == "after":
        return []  # nobody wants a place at what is over
    if isinstance(owner, Workshop) and owner.status not in Workshop.PLANNABLE:
        return []  # nor at what does not take place; they keep their order in case it does again
    promoted = list(places_of(owner).waiting()[: free_places(owner)])
    left: dict[int, Workshop] = {}
    for place in promoted:
        place.status, place.confirmed_at = Status.CONFIRMED, at
        place.save(update_fields=["status", "confirmed_at"])
        note(place, owner, Reason.PROMOTED, at, before=Status.WAITING)
        lower = leave_lower(place, at)
        left |= {workshop.pk: workshop for workshop in lower}
        if is_told:
            emails.promoted(place, lower)
    for workshop in left.values():
        fill(workshop, at, is_told=is_told)
    return promoted


def leave_lower(place: Registration | WorkshopBooking, at: datetime) -> list[Workshop]:
    """Whoever moves up in a round leaves what they wanted less of it; what they left, to be filled. All is locked."""
    if not isinstance(place, WorkshopBooking):
        return []
    left = []
    for booking in lower_bookings(place):
        was_confirmed, workshop = booking.is_confirmed, booking.workshop
        end(booking, workshop, at, by=None)
        left += [workshop] if was_confirmed else []
    return left


def end(
    place: Registration | WorkshopBooking,
    owner: Owner,
    at: datetime,
    *,
    by: User | None,
    reason: str = Reason.GIVEN_BACK,
    words: str = "",
) -> None:
    """Take the place away from its person; the owner is locked and filled afterwards."""
    before = place.status
    place.status, place.cancelled_at = Status.CANCELLED, at
    place.save(update_fields=["status", "cancelled_at"])
    note(place, owner, reason, at, before=before, by=by, note=words)


@transaction.atomic
def fill_free_places(
    *,
    registration_type: RegistrationType | None = None,
    workshop: Workshop | None = None,
    by: User | None = None,
    at: datetime | None = None,
) -> list[Registration | WorkshopBooking]:
    """After a change of capacity: promote as many as there is room for; nobody is ever thrown out.

    Whoever changed it is `by`; nobody, when it was not the capacity that changed.
    """
    at = at or clock.now()
    owners: list[Owner] = []
    if registration_type:
        owners += lock_types([registration_type.pk])
    if workshop:
        owners += lock_workshops([workshop.pk])
    if by:
        for owner in owners:
            note_capacity(owner, at, by=by)
    return [place for owner in owners for place in fill(owner, at)]


def fill_published(session: Session) -> None:
    """A workshop that takes place after all: what came free meanwhile goes to those who wait."""
    if session.kind == Kind.WORKSHOP:
        fill_free_places(workshop=Workshop(pk=session.pk))
