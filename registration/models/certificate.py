"""Signed proof that somebody attended, which anyone can verify."""

import secrets
import uuid
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conference.models import Edition
from registration.models.registration import Registration

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def new_code() -> str:
    """130 bits that can be read aloud."""
    return "".join(secrets.choice(LETTERS) for _position in range(26))


class CertificateRule(models.Model):
    """Who gets one at an edition, and what stands under it."""

    edition = models.OneToOneField(
        Edition, models.CASCADE, related_name="certificate_rule", verbose_name=_("edition")
    )
    minimum_hours = models.DecimalField(
        _("present for at least so many hours"), max_digits=5, decimal_places=2, default=Decimal("1")
    )
    door_counts = models.BooleanField(
        _("who came through the door was present"), default=False,
        help_text=_("Then everyone who was checked in gets the hours of the whole programme they booked or could attend. Without it, only presence in sessions counts."),
    )  # fmt: skip
    text = models.TextField(
        _("text"), blank=True, help_text=_("What the certificate says besides the facts.")
    )
    signed_by = models.CharField(_("signed by"), max_length=200, blank=True)
    signed_as = models.CharField(_("as"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("rule for certificates")
        verbose_name_plural = _("rules for certificates")

    def __str__(self) -> str:
        return str(self.edition)


class Certificate(models.Model):
    """Its facts are frozen when it is issued; the columns have what an Open Badges 3.0 credential needs."""

    guid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=26, unique=True, default=new_code, editable=False)
    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="certificates", verbose_name=_("edition")
    )
    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="certificates", verbose_name=_("registration")
    )
    number = models.PositiveIntegerField(_("number"))
    language = models.CharField(_("language"), max_length=10)
    name = models.CharField(_("name"), max_length=200)
    hours = models.DecimalField(_("hours"), max_digits=6, decimal_places=2)
    facts = models.JSONField(_("facts"), default=dict)  # see registration/certificates/facts.py
    issued_at = models.DateTimeField(_("issued"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, verbose_name=_("issued by")
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, verbose_name=_("revoked by")
    )
    revoke_reason = models.CharField(_("why it was revoked"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["edition", "number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="certificate_number_once_in_an_edition"),
            models.UniqueConstraint(
                fields=["registration"], condition=Q(revoked_at=None), name="one_valid_certificate",
                violation_error_message=_("This person has a valid certificate already."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.edition.slug}-{self.number:04d}"
