"""What a registration and a booking share: a status, and a number in the queue."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlaceQuerySet(models.QuerySet):
    def confirmed(self) -> Self:
        return self.filter(status=Place.Status.CONFIRMED)

    def waiting(self) -> Self:
        """The waiting list, oldest first."""
        return self.filter(status=Place.Status.WAITING).order_by("queue_number", "pk")

    def active(self) -> Self:
        """Everything that is not cancelled; it occupies its time."""
        return self.exclude(status=Place.Status.CANCELLED)


class Place(models.Model):
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

    class Meta:
        abstract = True

    @property
    def is_confirmed(self) -> bool:
        return self.status == self.Status.CONFIRMED

    @property
    def is_waiting(self) -> bool:
        return self.status == self.Status.WAITING
