"""Positions and occupancy as annotations, so that a list asks once for all its rows."""

from collections.abc import Iterator
from typing import Any

from django.db.models import (
    Case,
    Count,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import Coalesce, RowNumber
from django.utils.translation import gettext as _

from registration.models import WorkshopBooking
from registration.models.place import Place

Status = Place.Status


def with_position(places: QuerySet, owner: str) -> QuerySet:
    """Annotate waiting places with their position: 1 is next. Owner: the field that names the capacity."""
    before = (
        places.model._default_manager.filter(**{owner: OuterRef(owner)}, status=Status.WAITING)
        .filter(queue_number__lte=OuterRef("queue_number"))  # said apart, so that the index finds them
        .filter(
            Q(queue_number__lt=OuterRef("queue_number"))
            | Q(queue_number=OuterRef("queue_number"), pk__lte=OuterRef("pk"))
        )
        .order_by()
        .values(owner)
        .annotate(count=Count("pk"))
        .values("count")
    )
    waiting = When(status=Status.WAITING, then=Subquery(before, output_field=IntegerField()))
    return places.annotate(place_in_queue=Case(waiting, default=None, output_field=IntegerField()))


def each_with_position(places: QuerySet, owner: str, portion: int) -> Iterator[Any]:
    """Thousands of such places: every queue is gone through once, where a page counts for each of its rows.

    Who sorts by position has them counted, for the database must know what it sorts by.
    """
    if any(str(name).lstrip("-") == "place_in_queue" for name in places.query.order_by):
        yield from places.iterator(chunk_size=portion)
        return
    positions = positions_of(places.model, owner)
    uncounted = places.annotate(place_in_queue=Value(None, output_field=IntegerField()))
    for place in uncounted.iterator(chunk_size=portion):
        place.place_in_queue = positions.get(place.pk)
        yield place


def positions_of(model: Any, owner: str) -> dict[int, int]:
    """The position of everybody who waits, by key."""
    number = Window(RowNumber(), partition_by=[owner], order_by=["queue_number", "pk"])
    waiting = model._default_manager.filter(status=Status.WAITING).order_by()
    return dict(waiting.annotate(number_in_queue=number).values_list("pk", "number_in_queue"))


def with_occupancy(workshops: QuerySet) -> QuerySet:
    """Annotate workshops with how many have a place and how many wait."""
    return workshops.annotate(confirmed=_count(Status.CONFIRMED), waiting=_count(Status.WAITING))


def with_taken(types: QuerySet) -> QuerySet:
    """Annotate registration types with how many have a place, wait, and are to be approved."""
    return types.annotate(
        **{
            name: Count("registrations", filter=Q(registrations__status=status), distinct=True)
            for name, status in (
                ("confirmed", Status.CONFIRMED),
                ("waiting", Status.WAITING),
                ("pending", Status.PENDING),
            )
        }
    )


def of_capacity(taken: int, capacity: int | None) -> str:
    """27/30; where there is no limit only how many there are."""
    return str(taken) if capacity is None else f"{taken}/{capacity}"


def taken_words(row: Any) -> str:
    """27/30, 4 waiting; 31/30 where somebody was placed on purpose. Who is to be approved takes no place."""
    words = [of_capacity(row.confirmed, row.capacity)]
    if row.waiting:
        words.append(_("%(count)s waiting") % {"count": row.waiting})
    if row.pending:
        words.append(_("%(count)s to approve") % {"count": row.pending})
    return ", ".join(words)


def _count(status: str) -> Coalesce:
    bookings = WorkshopBooking.objects.filter(workshop=OuterRef("pk"), status=status).order_by()
    counted = bookings.values("workshop").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
