"""One published state of an edition's timetable; the draft is what organisers edit."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conference.models import Edition


class Release(models.Model):
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="releases", verbose_name=_("edition"))
    number = models.PositiveIntegerField(_("number"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    is_latest = models.BooleanField(_("latest"), default=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("released by")
    )
    created_at = models.DateTimeField(_("released"), auto_now_add=True)

    # How far the mails about it have come: to users up to this one, or to all.
    told_up_to = models.PositiveBigIntegerField(default=0, editable=False)
    told_at = models.DateTimeField(_("people told"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="release_number_once_in_an_edition"),
            models.UniqueConstraint(
                fields=["edition"], condition=Q(is_latest=True), name="one_latest_release_of_an_edition"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition}: {self.number}"
