"""Further changes of one's own registration: another kind of it, and an invoice to pay by bank transfer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from registration.changes.deadlines import deadline_words
from registration.changes.forms import InvoiceForm, TypeForm
from registration.changes.own_page import fee_of
from registration.exceptions import Refusal
from registration.models import Registration
from registration.offers import Offer, offers_of
from registration.services.invoicing import request_invoice
from registration.services.moving import change_type as move
from registration.services.moving import types_to_change_to
from registration.views.busy import answer_when_busy
from registration.views.own import mine_or_404


@never_cache
@login_required
@answer_when_busy
def change_type(request: HttpRequest, edition: str) -> HttpResponse:
    """Only to kinds that are open to this person now; where there are none, there is no such page."""
    registration = mine_or_404(request, edition)
    free, full = offers_to_change_to(registration)
    if not free and not full:
        raise Http404
    form = TypeForm(request.POST or None, offers=free)
    if form.is_valid():
        try:
            move(registration=registration, registration_type=form.cleaned_data["registration_type"])
            messages.success(request, _("Your kind of registration is changed."))
            return redirect("registration:my_registration", edition)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    fee = fee_of(registration)
    context = {
        "form": form,
        "registration": registration,
        "deadline": deadline_words(registration),
        "has_free": bool(free),
        "full": [offer.type.name for offer in full],
        "drops_invoice": bool(fee and fee.invoice),
    }
    return render(request, "registration/attendee/change_type.html", context)


def offers_to_change_to(registration: Registration) -> tuple[list[Offer], list[Offer]]:
    """What can be had, and what is full: nobody gives a place away to wait for another."""
    known = types_to_change_to(registration)
    offers = [
        offer for offer in offers_of(registration.edition, user=registration.user) if offer.type in known
    ]
    full = [offer for offer in offers if offer.is_full and registration.is_confirmed]
    return [offer for offer in offers if offer not in full], full


@never_cache
@login_required
@sensitive_post_parameters()
@answer_when_busy
def invoice(request: HttpRequest, edition: str) -> HttpResponse:
    """Where there is something to pay, until the invoice was sent."""
    registration = mine_or_404(request, edition)
    fee = fee_of(registration)
    if fee is None or not fee.can_ask:
        raise Http404
    form = InvoiceForm(request.POST or None, instance=fee.invoice)
    if form.is_valid():
        try:
            request_invoice(registration=registration, **form.cleaned_data)
            messages.success(request, _("The organisers have your request for an invoice."))
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect("registration:my_registration", edition)
    context = {"form": form, "registration": registration, "amount": fee.amount}
    return render(request, "registration/attendee/invoice.html", context)
