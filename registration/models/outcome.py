"""What a workshop or a group agreed on: who does what about which problem, by when."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from registration.models.group import Group
from sessions.models import Session


class Outcome(models.Model):
    """Written by facilitators together; public once an organiser approved it."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("handed in")
        APPROVED = "approved", _("approved")
        REFUSED = "refused", _("sent back")

    session = models.ForeignKey(Session, models.CASCADE, related_name="outcomes", verbose_name=_("session"))
    group = models.ForeignKey(
        Group, models.SET_NULL, related_name="outcomes", null=True, blank=True, verbose_name=_("group")
    )
    problem = models.CharField(_("problem"), max_length=500)
    action = models.TextField(_("action"), max_length=2000, blank=True)
    who = models.CharField(_("who"), max_length=200, blank=True)
    deadline = models.CharField(_("by when"), max_length=120, blank=True)
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    status = models.CharField(_("status"), max_length=9, choices=Status.choices, default=Status.DRAFT)
    reason = models.CharField(_("why it was sent back"), max_length=300, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, verbose_name=_("written by")
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        ordering = ["session", "group", "pk"]

    def __str__(self) -> str:
        return self.problem
