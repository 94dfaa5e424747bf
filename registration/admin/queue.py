"""Positions and occupancy as annotations, so that a list asks once for all its rows."""

from typing import Any

from django.db.models import Case, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from registration.models import WorkshopBooking
from registration.models.place import Place

Status = Place.Status


def with_position(places: QuerySet, owner: str) -> QuerySet:
    """Annotate waiting places with their position: 1 is next. Owner: the field that names the capacity."""
    before = (
        places.model._default_manager.filter(**{owner: OuterRef(owner)}, status=Status.WAITING)
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
