"""A personal address at which somebody without an account gives the presentations of one session."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conference import clock
from conference.models import User
from sessions.models.session import Session
from speakers.models import Speaker


class UploadLinkQuerySet(models.QuerySet["UploadLink"]):
    def valid(self, at: datetime | None = None) -> Self:
        """Neither run out nor taken back."""
        return self.filter(Q(expires_at__gt=at or clock.now()), revoked_at=None)


class UploadLink(models.Model):
    """The address itself is known to the mail alone; here stands its digest."""

    session = models.ForeignKey(
        Session, models.CASCADE, related_name="upload_links", verbose_name=_("session")
    )
    speaker = models.ForeignKey(
        Speaker, models.CASCADE, related_name="upload_links", verbose_name=_("speaker")
    )
    email = models.EmailField(_("sent to"))  # emptied when the link is long over
    digest = models.CharField(max_length=64, unique=True, editable=False)  # SHA-256 of the token, as hex
    created_by = models.ForeignKey(
        User, models.SET_NULL, related_name="+", null=True, editable=False, verbose_name=_("sent by")
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"))
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True, editable=False)
    used_at = models.DateTimeField(_("used last"), null=True, blank=True, editable=False)

    objects = UploadLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("upload link")
        verbose_name_plural = _("upload links")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.session}: {self.speaker}"


class SlidesReminder(models.Model):
    """A moment at which speakers are asked for presentations that are missing; each of them once."""

    edition = models.ForeignKey(
        "conference.Edition", models.CASCADE, related_name="slides_reminders", verbose_name=_("edition")
    )
    at = models.DateTimeField(_("moment"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("reminder for presentations")
        verbose_name_plural = _("reminders for presentations")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "at"], name="one_slides_reminder_at_a_moment",
                violation_error_message=_("There is a reminder at that moment already."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.edition}: {self.at:%Y-%m-%d %H:%M}"
