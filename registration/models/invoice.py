"""That somebody asks for an invoice, to pay by bank transfer."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from conference.models import User
from registration.models.registration import Registration


class InvoiceRequestQuerySet(models.QuerySet["InvoiceRequest"]):
    def under_way(self) -> Self:
        """Sent or paid: not to be changed any more."""
        return self.filter(status__in=[InvoiceRequest.Status.SENT, InvoiceRequest.Status.PAID])


class InvoiceRequest(models.Model):
    class Status(models.TextChoices):
        REQUESTED = "requested", _("requested")
        SENT = "sent", _("invoice sent")
        PAID = "paid", _("paid")
        DROPPED = "dropped", _("no longer needed")

    registration = models.OneToOneField(
        Registration, models.CASCADE, related_name="invoice_request", verbose_name=_("registration")
    )
    status = models.CharField(_("status"), max_length=9, choices=Status.choices, default=Status.REQUESTED)
    billing_name = models.CharField(_("name on the invoice"), max_length=200)
    billing_address = models.TextField(_("address"), max_length=500)
    vat_number = models.CharField(_("VAT number"), max_length=40, blank=True)
    order_number = models.CharField(_("your order number"), max_length=60, blank=True)
    billing_email = models.EmailField(_("send the invoice to"), blank=True)
    # Somebody asked, and handed the registration on after the invoice was sent: it stays theirs.
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="kept_invoices", null=True, blank=True, editable=False,
        verbose_name=_("asked by"), help_text=_("Empty: whose registration it is"),
    )  # fmt: skip
    # As it was when asked: a later change of the fee changes no invoice.
    amount = models.DecimalField(_("amount"), max_digits=8, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    created_at = models.DateTimeField(_("requested"), auto_now_add=True)
    sent_at = models.DateTimeField(_("invoice sent"), null=True, blank=True)
    paid_at = models.DateTimeField(_("paid"), null=True, blank=True)

    objects = InvoiceRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("invoice request")
        verbose_name_plural = _("invoice requests")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.registration}: {self.amount} {self.currency}"

    @property
    def asked_by(self) -> User:
        """Whose invoice it is."""
        return self.kept_by or self.registration.user
