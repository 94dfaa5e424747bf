"""What a person's own registration page says about changing it, and about what it costs."""

from dataclasses import dataclass
from datetime import datetime

from registration.changes.deadlines import deadline_words, own_changes_open
from registration.models import Claim, InvoiceRequest, Registration
from registration.offers import amount_words, fee_words
from registration.services.claims import may_hand_over
from registration.services.moving import types_to_change_to

Status = InvoiceRequest.Status


@dataclass(frozen=True)
class Changes:
    """Whether they are possible now, the deadline in words, whether there are other kinds to change to, whether
    somebody else may have it, and to whom it is offered."""

    are_open: bool
    words: str
    kinds: bool = False
    handing_over: bool = False
    offer: Claim | None = None


@dataclass(frozen=True)
class Fee:
    """Amount in words, the invoice if one was asked for, and whether one can be asked for or changed now.

    Settled before: the invoice belongs to whoever had the registration then, and nothing else of it is said.
    """

    amount: str
    invoice: InvoiceRequest | None
    can_ask: bool
    is_settled_before: bool = False

    @property
    def moment(self) -> datetime | None:
        return moment_of(self.invoice) if self.invoice else None


def moment_of(invoice: InvoiceRequest) -> datetime | None:
    """When the invoice came to where it stands."""
    moments = {
        Status.REQUESTED: invoice.created_at,
        Status.SENT: invoice.sent_at,
        Status.PAID: invoice.paid_at,
    }
    return moments.get(Status(invoice.status))


def changes_of(registration: Registration) -> Changes:
    are_open = own_changes_open(registration)
    kinds = are_open and bool(types_to_change_to(registration))
    handing_over = are_open and may_hand_over(registration)
    offer = offer_of(registration) if handing_over else None
    return Changes(are_open, deadline_words(registration), kinds, handing_over, offer)


def offer_of(registration: Registration) -> Claim | None:
    """The link by which somebody may take it over now."""
    return Claim.objects.usable().filter(registration=registration, is_handing_over=True).first()


def fee_of(registration: Registration) -> Fee | None:
    """Nothing for what is free; an invoice keeps the amount of when it was asked for."""
    kind = registration.registration_type
    invoice = InvoiceRequest.objects.filter(registration=registration).first()
    if invoice and invoice.kept_by_id and invoice.status != Status.DROPPED:
        return Fee("", None, can_ask=False, is_settled_before=True)
    if invoice and invoice.status != Status.DROPPED:
        can_ask = registration.is_confirmed and invoice.status == Status.REQUESTED
        return Fee(amount_words(invoice.amount, invoice.currency), invoice, can_ask)
    if not kind.fee_amount or not registration.is_active:
        return None
    return Fee(fee_words(kind), None, registration.is_confirmed)


def fee_to_take_over(registration: Registration) -> str:
    """What it costs whoever takes it over; nothing where the invoice was sent to whoever has it now."""
    is_settled = InvoiceRequest.objects.under_way().filter(registration=registration).exists()
    return "" if is_settled else fee_words(registration.registration_type)
