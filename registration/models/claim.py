"""A link, good once, by which a colleague takes over a registration that somebody made or hands on."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conference import clock
from registration.models.registration import Registration


class ClaimQuerySet(models.QuerySet["Claim"]):
    def usable(self, at: datetime | None = None) -> Self:
        at = at or clock.now()
        return self.filter(claimed_at=None, withdrawn_at=None, expires_at__gt=at)


class Claim(models.Model):
    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="claims", verbose_name=_("registration")
    )
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("email"))
    token_hash = models.CharField(max_length=64, unique=True, editable=False)  # the token is only in the mail
    is_handing_over = models.BooleanField(_("hands over"), default=False)
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("offered by")
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    claimed_at = models.DateTimeField(_("claimed"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration"], condition=Q(claimed_at=None, withdrawn_at=None),
                name="one_open_claim_on_a_registration",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.registration} → {self.email}"
