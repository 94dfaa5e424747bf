"""Links from an edition's form to what is kept in lists: its kinds of registration, its people, rounds, groups, invoices."""

from collections.abc import Callable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conference.admin.edition_pages import EditionPage, Stage
from conference.models import Edition
from registration.admin.approving import pending_address
from registration.models import InvoiceRequest, Registration


def may_view(model: str) -> Callable[[HttpRequest], bool]:
    return lambda request: request.user.has_perm(f"registration.view_{model}")


def may_decide(request: HttpRequest) -> bool:
    return request.user.has_perm("registration.change_registration")


def list_of(model: str) -> Callable[[Edition], str]:
    return lambda row: f"{reverse(f'admin:registration_{model}_changelist')}?edition={row.pk}"


def to_approve(row: Edition) -> str:
    """Only where somebody waits for approval."""
    waiting = Registration.objects.filter(edition=row, status=Registration.Status.PENDING)
    return pending_address(row) if waiting.exists() else ""


def invoices_of(row: Edition) -> str:
    """Only where something costs something, or did."""
    asked = InvoiceRequest.objects.filter(registration__edition=row)
    has_fees = row.registration_types.filter(fee_amount__isnull=False).exists() or asked.exists()  # type: ignore[attr-defined]
    return list_of("invoicerequest")(row) if has_fees else ""


def of_registration(
    words: str, may: Callable[[HttpRequest], bool], address: Callable[[Edition], str]
) -> EditionPage:
    return EditionPage(stage=Stage.REGISTRATION, words=words, may=may, address=address)


PAGES = [
    of_registration(_("Registration types"), may_view("registrationtype"), list_of("registrationtype")),
    of_registration(_("Registrations"), may_view("registration"), list_of("registration")),
    of_registration(_("Registrations to approve"), may_decide, to_approve),
    of_registration(_("Invoice requests"), may_view("invoicerequest"), invoices_of),
    of_registration(_("Rounds"), may_view("round"), list_of("round")),
    of_registration(_("Groups"), may_view("groupplan"), list_of("groupplan")),
    EditionPage(
        stage=Stage.AFTERWARDS, words=_("Outcomes"), may=may_view("outcome"), address=list_of("outcome")
    ),
]
