"""How often somebody did something that is limited, since when."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RateCount(models.Model):
    """One count, until its time is over; whose it is cannot be read from the key."""

    key = models.CharField(_("key"), max_length=64, primary_key=True)
    count = models.PositiveIntegerField(_("count"), default=1)
    ends_at = models.DateTimeField(_("ends"))

    class Meta:
        verbose_name = _("count of a limit")
        verbose_name_plural = _("counts of limits")
        indexes = [models.Index(fields=["ends_at"], name="rate_counts_by_end")]

    def __str__(self) -> str:
        return f"{self.key[:8]}: {self.count}"
