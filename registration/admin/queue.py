"""Positions and occupancy as annotations, so that a list asks once for all its rows."""

from django.db.models import Case, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

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


def _count(status: str) -> Coalesce:
    bookings = WorkshopBooking.objects.filter(workshop=OuterRef("pk"), status=status).order_by()
    counted = bookings.values("workshop").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
