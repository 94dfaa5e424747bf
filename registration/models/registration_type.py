"""What kind of registration there is, how many, and until when."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conference.models import Edition


class RegistrationTypeQuerySet(models.QuerySet["RegistrationType"]):
    def open(self, at: datetime | None = None) -> Self:
        """Types one can take now; the edition's own closing moment counts too."""
        at = at or timezone.now()
        return self.filter(
            Q(closes_at=None) | Q(closes_at__gt=at),
            Q(opens_at=None) | Q(opens_at__lte=at),
            Q(edition__registration_opens_at=None) | Q(edition__registration_opens_at__lte=at),
            edition__registration_closes_at__gt=at,
        )


class RegistrationType(models.Model):
    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="registration_types", verbose_name=_("edition")
    )
    name = models.CharField(_("name"), max_length=120)
    description = models.CharField(_("description"), max_length=300, blank=True)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True, help_text=_("Empty: no limit"))
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    objects = RegistrationTypeQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration type")
        verbose_name_plural = _("registration types")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name
