"""Somebody was there: at the door, or in a session."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registration.models.registration import Registration
from sessions.models import Session


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    def standing(self) -> Self:
        """Not undone."""
        return self.filter(undone_at=None)

    def at_the_door(self) -> Self:
        return self.filter(session=None)

    def in_sessions(self) -> Self:
        return self.filter(session__isnull=False)


class CheckIn(models.Model):
    """A scan that came twice, also from a device that was offline, is one row: its nonce says so."""

    class Way(models.TextChoices):
        SCAN = "scan", _("scan")
        NAME = "name", _("by name")
        LIST = "list", _("from the facilitator's list")

    nonce = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="check_ins", verbose_name=_("registration")
    )
    session = models.ForeignKey(
        Session, models.CASCADE, related_name="check_ins", null=True, blank=True, verbose_name=_("session"),
        help_text=_("Empty: at the door"),
    )  # fmt: skip
    way = models.CharField(_("how"), max_length=4, choices=Way.choices, default=Way.SCAN)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, verbose_name=_("by")
    )
    device = models.CharField(_("device"), max_length=60, blank=True)
    at = models.DateTimeField(_("when"))  # by the server's clock, or as long ago as the device says it was
    received_at = models.DateTimeField(_("received"), auto_now_add=True)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, verbose_name=_("undone by")
    )

    objects = CheckInQuerySet.as_manager()

    class Meta:
        verbose_name = _("check-in")
        verbose_name_plural = _("check-ins")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration"], condition=Q(session=None, undone_at=None), name="checked_in_once_at_the_door"
            ),
            models.UniqueConstraint(
                fields=["registration", "session"], condition=Q(session__isnull=False, undone_at=None),
                name="present_once_in_a_session",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.registration} {self.at:%Y-%m-%d %H:%M}"
