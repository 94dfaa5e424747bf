"""Addresses whose mail server said for good that nobody is there, and how often in a row."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Bounce(models.Model):
    """Gone as soon as a mail arrives, and with the account whose address it is."""

    address = models.EmailField(_("address"), unique=True)  # in small letters
    count = models.PositiveIntegerField(_("mails refused in a row"), default=0)
    last_at = models.DateTimeField(_("refused last"))

    class Meta:
        verbose_name = _("address that refuses mail")
        verbose_name_plural = _("addresses that refuse mail")
        indexes = [models.Index(fields=["last_at"], name="bounces_by_last")]

    def __str__(self) -> str:
        return f"{self.address}: {self.count}"
