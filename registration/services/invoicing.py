"""Ask for an invoice, to pay by bank transfer, and write down that it was sent and paid."""

from datetime import datetime

from django.db import transaction

from conference import clock
from conference.models import User
from registration.exceptions import InvoiceUnderWay, NoInvoice
from registration.models import InvoiceRequest, Place, Registration

Status = InvoiceRequest.Status
MOMENTS = {Status.SENT: "sent_at", Status.PAID: "paid_at"}


@transaction.atomic
def request_invoice(*, registration: Registration, **billing: str) -> InvoiceRequest:
    """For whoever has a place that costs something; the amount is kept as it is now. Asked again, it is corrected,
    until the invoice was sent."""
    rows = Registration.objects.confirmed().select_related("registration_type")
    locked = rows.select_for_update(no_key=True, of=("self",)).filter(pk=registration.pk).first()
    fee = locked.registration_type.fee_amount if locked else None
    if locked is None or fee is None:
        raise NoInvoice
    asked = InvoiceRequest.objects.filter(registration=locked).first() or InvoiceRequest(registration=locked)
    if asked.status in (Status.SENT, Status.PAID):
        raise InvoiceUnderWay
    kind = locked.registration_type
    asked.amount, asked.currency, asked.status = fee, kind.fee_currency, Status.REQUESTED
    asked.kept_by = asked.sent_at = asked.paid_at = None
    for field, value in billing.items():
        setattr(asked, field, value)
    asked.save()
    return asked


@transaction.atomic
def mark(*, invoice: InvoiceRequest, status: str, at: datetime | None = None) -> bool:
    """Sent, paid, or no longer needed; the moment of each is kept. False when it stood so already."""
    locked = InvoiceRequest.objects.select_for_update(no_key=True).get(pk=invoice.pk)
    if locked.status == status:
        return False
    locked.status = status
    if moment := MOMENTS.get(Status(status)):
        setattr(locked, moment, at or clock.now())
    locked.save(update_fields=["status", "sent_at", "paid_at"])
    return True


def drop_request(registration: Registration) -> None:
    """Whoever cancels needs no invoice any more; one that was sent stays for the organisers to settle."""
    if registration.status == Place.Status.CANCELLED:
        drop_asked(registration)


def drop_asked(registration: Registration) -> None:
    waiting = InvoiceRequest.objects.filter(registration=registration, status=Status.REQUESTED)
    waiting.update(status=Status.DROPPED)


def leave_with(former: User, *, registration: Registration) -> bool:
    """The registration goes to somebody else: what was only asked for goes, an invoice that was sent stays with whoever
    asked for it, at their address. Whether there is one."""
    theirs = InvoiceRequest.objects.filter(registration=registration)
    under_way = theirs.under_way().filter(kept_by=None)
    under_way.filter(billing_email="").update(billing_email=former.email)
    is_kept = bool(under_way.update(kept_by=former))
    theirs.filter(kept_by=None).delete()
    return is_kept
