"""A speaker in a session, with part, role and organisation as they were then."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from conference.models import Organisation
from sessions.models.session import Session
from speakers.models import Speaker


class Appearance(models.Model):
    class Part(models.TextChoices):
        SPEAKER = "speaker", _("speaker")
        FACILITATOR = "facilitator", _("facilitator")
        CHAIR = "chair", _("chair")
        PANELLIST = "panellist", _("panellist")

    session = models.ForeignKey(
        Session, models.CASCADE, related_name="appearances", verbose_name=_("session")
    )
    speaker = models.ForeignKey(
        Speaker, models.PROTECT, related_name="appearances", verbose_name=_("speaker")
    )
    part = models.CharField(_("part"), max_length=11, choices=Part.choices, default=Part.SPEAKER)
    role = models.CharField(_("role"), max_length=300, blank=True, help_text=_("As it was at this edition"))
    expertise = models.TextField(_("expertise"), blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="appearances", null=True, blank=True,
        verbose_name=_("organisation"), help_text=_("As it was at this edition"),
    )  # fmt: skip
    position = models.PositiveIntegerField(_("position"), default=0)
    asked_at = models.DateTimeField(_("asked for presentations"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("appearance")
        verbose_name_plural = _("appearances")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "speaker", "part"], name="speaker_once_in_a_part_of_a_session",
                violation_error_message=_("This speaker has that part in the session already."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.speaker}: {self.session}"
