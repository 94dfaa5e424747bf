"""That an account was closed for good: enough to close it again in a restored copy of the data, and nothing more."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ClosedAccount(models.Model):
    """The number that the account had, and a mark that tells it from a later account with the same number."""

    number = models.PositiveBigIntegerField(_("number of the account"))
    mark = models.CharField(_("mark"), max_length=64, unique=True)
    name_stays = models.BooleanField(_("the name stays with published talks"), default=False)
    closed_at = models.DateTimeField(_("closed"), auto_now_add=True)

    class Meta:
        verbose_name = _("closed account")
        verbose_name_plural = _("closed accounts")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.number)
