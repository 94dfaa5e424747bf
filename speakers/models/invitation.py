"""A link, good once, by which a speaker takes over their own page."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from conference import clock
from speakers.models.speaker import Speaker


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def usable(self, at: datetime | None = None) -> Self:
        return self.filter(used_at=None, expires_at__gt=at or clock.now())


class Invitation(models.Model):
    speaker = models.ForeignKey(
        Speaker, models.CASCADE, related_name="invitations", verbose_name=_("speaker")
    )
    email = models.EmailField(_("email"))
    token_hash = models.CharField(
        max_length=64, unique=True, editable=False
    )  # the token itself is only in the mail
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("invited by")
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.speaker} ({self.email})"
