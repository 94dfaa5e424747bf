"""When a speaker can be at an edition; who entered nothing can always be there."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from conference.models import Edition
from speakers.models.speaker import Speaker


class Availability(models.Model):
    speaker = models.ForeignKey(
        Speaker, models.CASCADE, related_name="availabilities", verbose_name=_("speaker")
    )
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="+", verbose_name=_("edition"))
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))

    class Meta:
        verbose_name = _("time a speaker is available")
        verbose_name_plural = _("times a speaker is available")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="availability_ends_after_it_starts",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("The end comes after the start."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.speaker}: {self.edition}"
