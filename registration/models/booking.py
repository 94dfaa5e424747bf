"""A registration's place in a workshop."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registration.models.place import Place
from registration.models.registration import Registration
from sessions.models import Workshop


class WorkshopBooking(Place):
    owner_field = "workshop"

    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="bookings", verbose_name=_("registration")
    )
    workshop = models.ForeignKey(
        Workshop, models.PROTECT, related_name="bookings", verbose_name=_("workshop")
    )

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "workshop"], condition=~Q(status="cancelled"), name="one_booking_in_a_workshop",
                violation_error_message=_("This person has a place in the workshop already."),
            ),
            models.CheckConstraint(name="bookings_are_not_approved", condition=~Q(status="pending")),
        ]  # fmt: skip
        indexes = [models.Index(fields=["workshop", "status", "queue_number"], name="booking_queue")]

    def __str__(self) -> str:
        return f"{self.registration}: {self.workshop}"
