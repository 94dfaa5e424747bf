"""One step in editing the draft of a timetable, so that it can be undone."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from conference.models import Edition
from sessions.models.session import Session


class SlotChange(models.Model):
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="+", verbose_name=_("edition"))
    session = models.ForeignKey(
        Session, models.CASCADE, related_name="slot_changes", verbose_name=_("session")
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("changed by")
    )
    created_at = models.DateTimeField(_("changed"), auto_now_add=True)
    # Room and times of each slot that was touched, by its guid; null where there was or is none.
    before = models.JSONField(_("before"))
    after = models.JSONField(_("after"))
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        verbose_name = _("change of the draft")
        verbose_name_plural = _("changes of the draft")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["edition", "changed_by", "-id"], name="last_changes_of_a_person")]

    def __str__(self) -> str:
        return f"{self.session}: {self.created_at}"
