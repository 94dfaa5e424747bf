"""What one fills in to change the kind of registration, and to ask for an invoice."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registration.forms import label_of
from registration.models import InvoiceRequest, RegistrationType
from registration.offers import Offer


class TypeForm(forms.Form):
    """One of the other kinds that are open to this person."""

    registration_type: "forms.ModelChoiceField[RegistrationType]" = forms.ModelChoiceField(
        label=_("Kind of registration"),
        queryset=RegistrationType.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of the kinds that are open now.")},
    )

    def __init__(self, *args: Any, offers: list[Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["registration_type"]
        field.queryset = RegistrationType.objects.filter(pk__in=[offer.type.pk for offer in offers])
        field.choices = [(offer.type.pk, label_of(offer)) for offer in offers]


class InvoiceForm(forms.ModelForm):
    """Name and address are needed; the rest only where the payer asks for it."""

    class Meta:
        model = InvoiceRequest
        fields = ["billing_name", "billing_address", "vat_number", "order_number", "billing_email"]
        labels = {
            "billing_name": _("Name on the invoice"),
            "billing_address": _("Address"),
            "billing_email": _("Send the invoice to"),
            "order_number": _("Your order number"),
        }
        help_texts = {"billing_email": _("Empty: to your own address.")}
        widgets = {
            "billing_name": forms.TextInput(attrs={"autocomplete": "organization"}),
            "billing_address": forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
            "billing_email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }
