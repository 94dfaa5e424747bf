"""What a registration and a booking share: a status, and a number in the queue."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _


class PlaceQuerySet(models.QuerySet[Any]):
    def confirmed(self) -> Self:
        return self.filter(status=Place.Status.CONFIRMED)

    def waiting(self) -> Self:
        """The waiting list, oldest first."""
        return self.filter(status=Place.Status.WAITING).order_by("queue_number", "pk")

    def active(self) -> Self:
        """Everything that is not cancelled; it occupies its time."""
        return self.exclude(status=Place.Status.CANCELLED)

    def with_position(self) -> Self:
        """Each with its position in the queue: how many wait with a smaller number, and one."""
        model: Any = self.model  # a registration or a booking
        owner = model.owner_field
        earlier = Q(queue_number__lt=OuterRef("queue_number"))
        earlier |= Q(queue_number=OuterRef("queue_number"), pk__lt=OuterRef("pk"))
        ahead = model.objects.filter(earlier, status=Place.Status.WAITING, **{owner: OuterRef(f"{owner}_id")})
        count = ahead.order_by().values(owner).annotate(number=Count("pk")).values("number")
        return self.annotate(position=Coalesce(Subquery(count), 0) + 1)


class Place(models.Model):
    """A place that someone has, waits for, or gave back."""

    class Status(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed")
        WAITING = "waiting", _("on the waiting list")
        PENDING = "pending", _("waiting for approval")
        CANCELLED = "cancelled", _("cancelled")

    status = models.CharField(_("status"), max_length=9, choices=Status.choices)
    queue_number = models.PositiveIntegerField(_("queue number"), default=0, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)

    objects = PlaceQuerySet.as_manager()
    owner_field: ClassVar[str]  # whose capacity a place takes

    class Meta:
        abstract = True

    @property
    def is_confirmed(self) -> bool:
        return self.status == self.Status.CONFIRMED

    @property
    def is_waiting(self) -> bool:
        return self.status == self.Status.WAITING

    @property
    def is_active(self) -> bool:
        return self.status != self.Status.CANCELLED
