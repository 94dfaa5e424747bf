"""Every change of a place: who, when, why, and how it stood then, so that the queue can be replayed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from registration.models.booking import WorkshopBooking
from registration.models.place import Place
from registration.models.registration import Registration
from registration.models.registration_type import RegistrationType
from sessions.models import Workshop


class PlaceChange(models.Model):
    """Written by services/place_log.py under the lock of whoever owns the capacity, never changed."""

    class Reason(models.TextChoices):
        TAKEN = "taken", _("registered or booked")
        PROMOTED = "promoted", _("moved up from the waiting list")
        GIVEN_BACK = "given_back", _("given back")
        CANCELLED = "cancelled", _("cancelled by an organiser")
        PLACED = "placed", _("placed by an organiser")
        APPROVED = "approved", _("approved")
        REFUSED = "refused", _("refused")
        ALLOCATED = "allocated", _("allocated by ranked choice")
        HANDED_OVER = "handed_over", _("handed over")
        CAPACITY = "capacity", _("number of places changed")

    registration_type = models.ForeignKey(
        RegistrationType,
        models.CASCADE,
        related_name="changes",
        null=True,
        verbose_name=_("registration type"),
    )
    workshop = models.ForeignKey(
        Workshop, models.CASCADE, related_name="changes", null=True, verbose_name=_("workshop")
    )
    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="changes", null=True, verbose_name=_("registration")
    )
    booking = models.ForeignKey(
        WorkshopBooking, models.CASCADE, related_name="changes", null=True, verbose_name=_("booking")
    )
    reason = models.CharField(_("reason"), max_length=11, choices=Reason.choices)
    before = models.CharField(_("before"), max_length=9, choices=Place.Status.choices, blank=True)
    after = models.CharField(_("after"), max_length=9, choices=Place.Status.choices, blank=True)
    queue_number = models.PositiveIntegerField(_("queue number"), default=0)
    capacity = models.PositiveIntegerField(_("places then"), null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, verbose_name=_("by"),
        help_text=_("Empty: the site itself"),
    )  # fmt: skip
    note = models.CharField(_("note"), max_length=300, blank=True)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("change of a place")
        verbose_name_plural = _("changes of places")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="change_belongs_to_one_owner",
                condition=models.Q(registration_type=None, workshop__isnull=False)
                | models.Q(registration_type__isnull=False, workshop=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} {self.at:%Y-%m-%d %H:%M}"
