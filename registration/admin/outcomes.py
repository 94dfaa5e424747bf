"""Outcomes in the admin: what facilitators handed in is approved, or sent back with a reason."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from conference.admin.asking import asking_page
from conference.admin.base import EditionFilter, EditionTimesMixin, WholeForm
from conference.admin.chosen import chosen_address, chosen_keys
from conference.models import Edition
from conference.translated_columns import columns
from registration.groups import outcomes as services
from registration.models import Outcome

SEND_BACK = "admin:registration_outcome_refuse"


class OutcomeEditionFilter(EditionFilter):
    path = "session__edition"
    starts_with_current = False  # outcomes come after a conference, when another one is current


class SendBackForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
        help_text=_("The facilitators read this, so say what to change."),
    )


@admin.register(Outcome)
class OutcomeAdmin(EditionTimesMixin, admin.ModelAdmin):
    form = WholeForm
    list_display = ["problem", "session", "group", "who", "deadline", "status", "updated_at"]
    list_filter = ["status", OutcomeEditionFilter, ("session", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["session__edition", "group"]
    search_fields = [*columns("session__title"), "problem", "action", "who"]
    autocomplete_fields = ["session"]
    fields = [
        "session", "group", "status", "reason", "problem", "action", "who", "deadline", "contact",
        "written_by", "approved_at",
    ]  # fmt: skip
    readonly_fields = ["group", "status", "reason", "written_by", "approved_at"]  # services change these
    actions = ["approve_selected", "send_back_selected"]

    def edition_of(self, row: Outcome) -> Edition:
        return row.session.edition

    def get_readonly_fields(self, request: HttpRequest, obj: Outcome | None = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "session"] if obj else fields

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.send_back_view)
        return [path("send-back/", view, name="registration_outcome_refuse"), *super().get_urls()]

    def save_model(self, request: HttpRequest, obj: Outcome, form: Any, change: bool) -> None:
        if not change:
            obj.written_by = request.user  # type: ignore[assignment]
        super().save_model(request, obj, form, change)

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> Any:
        row = kwargs.get("obj")
        if row and self.has_change_permission(request, row):
            waits = row.status == Outcome.Status.SUBMITTED
            context["service_buttons"] = [{"name": "_approve", "words": _("Save and approve"), "show": waits}]
            if waits or row.status == Outcome.Status.APPROVED:
                context["row_links"] = [
                    {"address": f"{reverse(SEND_BACK)}?ids={row.pk}", "words": _("Send back")}
                ]
        return super().render_change_form(request, context, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Outcome) -> HttpResponse:
        if "_approve" in request.POST:
            self.approve(request, [obj])
        return super().response_change(request, obj)

    @admin.action(description=_("Approve what was handed in"), permissions=["change"])
    def approve_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        self.approve(request, queryset)

    @admin.action(description=_("Send back…"), permissions=["change"])
    def send_back_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse:
        keys = queryset.order_by().values_list("pk", flat=True)
        return redirect(chosen_address(request, SEND_BACK, keys))

    def approve(self, request: HttpRequest, rows: Any) -> None:
        approved = services.approve(outcomes=rows)
        self.report(request, approved, _("Approved."), _("%(count)s approved."))

    def send_back_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        rows = list(self.get_queryset(request).filter(pk__in=chosen_keys(request)))
        if not rows:
            raise Http404
        form = SendBackForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            sent = services.send_back(outcomes=rows, reason=form.cleaned_data["reason"])
            self.report(request, sent, _("Sent back."), _("%(count)s sent back."))
            return redirect("admin:registration_outcome_changelist")
        title, button = _("Send outcomes back"), _("Send back")
        return asking_page(request, self, form, title=title, rows=rows, button=button)

    def report(self, request: HttpRequest, rows: list[Outcome], done: Any, words: Any) -> None:
        for row in rows:
            self.log_change(request, row, str(done))
        self.message_user(
            request, words % {"count": len(rows)}, messages.SUCCESS if rows else messages.WARNING
        )
