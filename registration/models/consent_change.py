"""Each giving and withdrawing of a consent, with the words it was given to."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registration.models.question import Question
from registration.models.registration import Registration


class ConsentChange(models.Model):
    """Written once and never changed: the question's own words may say something else later."""

    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="consent_changes", verbose_name=_("registration")
    )
    question = models.ForeignKey(
        Question, models.PROTECT, related_name="consent_changes", verbose_name=_("question")
    )
    is_given = models.BooleanField(_("given"))
    version = models.PositiveIntegerField(_("version of the wording"))
    words = models.TextField(_("wording"))
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("change of a consent")
        verbose_name_plural = _("changes of consents")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.registration}: {self.question} ({self.version})"
