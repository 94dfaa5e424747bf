"""The organiser's label for a session; it belongs to one kind and never decides behaviour."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    SESSION = "session", _("session")
    WORKSHOP = "workshop", _("workshop")
    BREAK = "break", _("break")


class SessionType(models.Model):
    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.SESSION)

    class Meta:
        verbose_name = _("session type")
        verbose_name_plural = _("session types")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
