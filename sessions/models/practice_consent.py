"""What a member agreed to when sharing an own practice, with the words, their version and the moment."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sessions.models.presentation import Presentation


class PracticeConsent(models.Model):
    presentation = models.OneToOneField(
        Presentation, models.CASCADE, related_name="consent", verbose_name=_("presentation")
    )
    version = models.PositiveSmallIntegerField(_("version of the words"))
    words = models.TextField(_("words"), help_text=_("As the member read them."))
    language = models.CharField(_("language"), max_length=10)
    given_at = models.DateTimeField(_("given"), auto_now_add=True)
    name_stays = models.BooleanField(
        _("the name stays"), help_text=_("With the practice, when the author's account is closed.")
    )

    class Meta:
        verbose_name = _("consent to a practice")
        verbose_name_plural = _("consents to practices")

    def __str__(self) -> str:
        return f"{self.presentation}: {self.given_at:%Y-%m-%d}"
