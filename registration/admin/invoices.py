"""Requests for invoices: what to send to whom, what was sent and what is paid."""

from collections.abc import Iterable
from typing import Any, ClassVar

from allauth.core.ratelimit import respond_429
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from conference.admin.base import EditionFilter, ReadOnlyMixin, person
from conference.limits import is_too_often
from conference.sheets.cells import write_csv
from registration.exporting.noting import log_selected
from registration.models import InvoiceRequest
from registration.services.invoicing import Status, mark

COLUMNS = [
    "reference", "name", "email", "edition", "type", "status", "amount", "currency", "billing_name",
    "billing_address", "vat_number", "order_number", "billing_email", "requested_at", "sent_at", "paid_at",
]  # fmt: skip


# What the page of one request notes: the buttons of its form, beside the same steps of the list.
STEPS = {
    "_sent": (Status.SENT, _("Note: invoice sent")),
    "_paid": (Status.PAID, _("Note: paid")),
    "_dropped": (Status.DROPPED, _("Note: no longer needed")),
}


class InvoiceEditionFilter(EditionFilter):
    path = "registration__edition"


@admin.register(InvoiceRequest)
class InvoiceRequestAdmin(ReadOnlyMixin, admin.ModelAdmin):
    list_display = ["reference", "billing_name", "total", "status", "created_at", "sent_at", "paid_at"]
    list_filter = [InvoiceEditionFilter, "status"]
    list_select_related = ["registration__user", "kept_by"]
    search_fields = ["registration__reference", "registration__user__name", "billing_name", "order_number"]
    date_hierarchy = "created_at"
    actions = ["mark_sent", "mark_paid", "mark_dropped", "export_selected"]
    fields: ClassVar[Any] = ["registration", "person", "status", "total", "billing_name", "billing_address", "vat_number",
              "order_number", "billing_email", "created_at", "sent_at", "paid_at"]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return (
            super()
            .get_queryset(request)
            .select_related("registration__user", "registration__edition", "kept_by")
        )

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # what somebody asked for stays as they wrote it; the actions note what became of it

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields

    def has_mark_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("registration.change_invoicerequest")

    def has_export_permission(self, request: HttpRequest) -> bool:
        return self.has_mark_permission(request) and request.user.has_perm("registration.export_registration")

    # --- The page of one request --------------------------------------------------------------------
    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        pressed = [status for name, (status, _words) in STEPS.items() if name in request.POST]
        row = self.get_object(request, object_id) if pressed else None
        if row is None:
            return super().change_view(request, object_id, *args, **kwargs)
        if not self.has_mark_permission(request):
            raise PermissionDenied
        self.mark_all(request, [row], pressed[0])
        return redirect(request.get_full_path())

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> Any:
        row = kwargs.get("obj")
        if row and self.has_mark_permission(request):
            context["service_buttons"] = [
                {"name": name, "words": words, "show": row.status != status}
                for name, (status, words) in STEPS.items()
            ]
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=_("reference"), ordering="registration__reference")
    def reference(self, row: InvoiceRequest) -> str:
        return f"{row.registration.reference} {row.asked_by.name}"

    @admin.display(description=_("person"))
    def person(self, row: InvoiceRequest) -> str:
        return f"{row.asked_by.name}, {row.asked_by.email}"

    @admin.display(description=_("amount"), ordering="amount")
    def total(self, row: InvoiceRequest) -> str:
        return f"{number_format(row.amount, 2)} {row.currency}"

    # --- Actions --------------------------------------------------------------------------------
    @admin.action(description=STEPS["_sent"][1], permissions=["mark"])
    def mark_sent(self, request: HttpRequest, queryset: QuerySet) -> None:
        self.mark_all(request, queryset, Status.SENT)

    @admin.action(description=STEPS["_paid"][1], permissions=["mark"])
    def mark_paid(self, request: HttpRequest, queryset: QuerySet) -> None:
        self.mark_all(request, queryset, Status.PAID)

    @admin.action(description=STEPS["_dropped"][1], permissions=["mark"])
    def mark_dropped(self, request: HttpRequest, queryset: QuerySet) -> None:
        self.mark_all(request, queryset, Status.DROPPED)

    def mark_all(self, request: HttpRequest, queryset: Iterable[InvoiceRequest], status: Status) -> None:
        changed = [row for row in queryset if mark(invoice=row, status=status)]
        for row in changed:
            self.log_change(request, row, str(status.label))
        words = ngettext("%(count)s invoice noted.", "%(count)s invoices noted.", len(changed))
        self.message_user(request, words % {"count": len(changed)}, messages.SUCCESS)

    @admin.action(description=_("Export selected as CSV"), permissions=["export"])
    def export_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponseBase:
        if is_too_often(request, "export"):
            return respond_429(request)
        rows = queryset.select_related(
            "registration__user", "registration__edition", "registration__registration_type", "kept_by"
        )
        log_selected(
            by=person(request), rows=rows, path="registration__edition", listing="invoices", headings=COLUMNS
        )
        name = f"invoices-{timezone.localdate():%Y-%m-%d}.csv"
        headers = {
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store, private",
        }
        lines = write_csv(COLUMNS, (cells_of(row) for row in rows.iterator(chunk_size=500)))
        return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


def cells_of(row: InvoiceRequest) -> list[str]:
    registration = row.registration
    moments = (row.created_at, row.sent_at, row.paid_at)
    return [
        registration.reference, row.asked_by.name, row.asked_by.email, registration.edition.slug,
        registration.registration_type.name or "", row.status, str(row.amount), row.currency, row.billing_name,
        row.billing_address, row.vat_number, row.order_number, row.billing_email,
        *(timezone.localtime(at).isoformat(timespec="seconds") if at else "" for at in moments),
    ]  # fmt: skip
