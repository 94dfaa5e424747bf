"""Certificates in the admin: the rule of an edition, who has one, by hand, corrected, and taken back."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from conference.admin.asking import asking_page
from conference.admin.base import EditionFilter, ReadOnlyMixin, person
from conference.admin.chosen import chosen_address, chosen_keys
from conference.admin.language_choice import LanguageFilter
from conference.admin.translated import TranslationAdmin
from conference.dates import date_format
from registration.certificates.candidates import judged, rule_of
from registration.certificates.hours import programme_of
from registration.certificates.issuing import issue, reissue, revoke
from registration.certificates.words import grouped, part_in_words
from registration.exceptions import Refusal
from registration.models import Certificate, CertificateRule, Registration
from registration.views.certificates import as_file
from sessions.models import Session

NAME = "registration_certificate_"
BY_HAND = "registration_registration_certificate"


@admin.register(CertificateRule)
class CertificateRuleAdmin(TranslationAdmin):
    list_display = ["edition", "minimum_hours", "door_counts", "signed_by"]
    list_select_related = ["edition"]
    autocomplete_fields = ["edition"]
    search_fields = ["edition__slug", "signed_by"]

    def get_readonly_fields(self, request: HttpRequest, obj: CertificateRule | None = None) -> Any:
        return ["edition"] if obj else []


class RevokeForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("The person reads it in a mail. Whoever checks the certificate does not."),
    )


class ByHandForm(forms.Form):
    """What was counted stands in it already."""

    sessions = forms.ModelMultipleChoiceField(
        label=_("Sessions attended"),
        queryset=Session.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    hours = forms.DecimalField(
        label=_("Hours"), min_value=0, max_digits=6, decimal_places=2, required=False,
        help_text=_("Empty: as long as these sessions took together."),
    )  # fmt: skip

    def __init__(self, *args: Any, registration: Registration, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rule = rule_of(registration.edition)
        programme = programme_of(registration.edition_id)
        found = judged([registration], rule, programme)[0].attendance
        field: Any = self.fields["sessions"]
        field.queryset = Session.objects.filter(pk__in=programme).in_order()
        field.initial = [one.session.pk for one in found.sessions]


@admin.register(Certificate)
class CertificateAdmin(ReadOnlyMixin, admin.ModelAdmin):
    """Nobody edits one: it is issued, corrected by a new one, or taken back."""

    list_display = ["number_in_words", "name", "edition", "hours", "issued_at", "state"]
    list_filter = [EditionFilter, ("revoked_at", admin.EmptyFieldListFilter), ("language", LanguageFilter)]
    list_select_related = ["edition"]
    search_fields = ["name", "code", "registration__reference", "registration__user__name"]
    date_hierarchy = "issued_at"
    list_per_page = 100
    actions = ["revoke_selected", "reissue_selected"]
    fields: ClassVar[Any] = [
        "number_in_words", "name", "edition", "hours", "language", "state", "shown_code", "files", "sessions", "outcomes",
        "parts", "issued_at", "issued_by", "revoked_at", "revoked_by", "revoke_reason",
    ]  # fmt: skip
    readonly_fields = fields

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("revoke/", wrap(self.revoke_view), name=f"{NAME}revoke"),
            path("by-hand/<int:pk>/", wrap(self.by_hand_view), name=BY_HAND),
            path("<int:pk>/pdf/", wrap(self.pdf_view), name=f"{NAME}pdf"),
        ]
        return own + super().get_urls()

    def has_change_permission(self, request: HttpRequest, obj: Certificate | None = None) -> bool:
        return False

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("registration.change_certificate")

    # --- Pages ----------------------------------------------------------------------------------
    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> Any:
        """A valid one is taken back from its own page too, by the same page that asks why."""
        row = kwargs.get("obj")
        if row and not row.revoked_at and self.has_revoke_permission(request):
            address = f"{reverse(f'admin:{NAME}revoke')}?ids={row.pk}"
            context["row_links"] = [{"address": address, "words": _("Revoke")}]
        return super().render_change_form(request, context, *args, **kwargs)

    def pdf_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = Certificate.objects.select_related("edition")
        return as_file(get_object_or_404(rows, pk=pk, revoked_at=None))

    def revoke_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_revoke_permission(request):
            raise PermissionDenied
        found = Certificate.objects.filter(pk__in=chosen_keys(request), revoked_at=None)
        rows = list(found.select_related("edition"))
        if not rows:
            raise Http404
        form = RevokeForm(request.POST or None)
        if form.is_valid():
            for row in rows:
                self._try(request, row, revoke, _("Revoked."), reason=form.cleaned_data["reason"])
            return redirect(f"admin:{NAME}changelist")
        lines = [_("Whoever checks them reads from now on that they are revoked. Each person gets a mail.")]
        names = [f"{row}: {row.name}" for row in rows]
        title = _("Revoke certificates")
        return asking_page(request, self, form, title=title, lines=lines, rows=names, button=_("Revoke"))

    def by_hand_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not may_issue(request):
            raise PermissionDenied
        registration = get_object_or_404(Registration.objects.select_related("user", "edition"), pk=pk)
        form = ByHandForm(request.POST if request.method == "POST" else None, registration=registration)
        if form.is_valid():
            return self._issued(request, registration, form.cleaned_data)
        lines = [f"{registration.user.name} · {registration.edition}"]
        lines.append(str(_("Whatever the rule says. The certificate goes to the person by mail.")))
        title = _("Issue a certificate by hand")
        return asking_page(request, self, form, title=title, lines=lines, button=_("Issue"))

    def _issued(
        self, request: HttpRequest, registration: Registration, given: dict[str, Any]
    ) -> HttpResponse:
        try:
            made = issue(
                registration=registration,
                by=person(request),
                sessions=list(given["sessions"]),
                hours=given["hours"],
            )
        except Refusal as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
        else:
            self.log_addition(request, made, _("Issued by hand."))
            self.message_user(request, _("Issued: %(number)s") % {"number": made}, messages.SUCCESS)
        return redirect("admin:conference_edition_certificates", registration.edition_id)

    # --- Actions --------------------------------------------------------------------------------
    @admin.action(description=_("Revoke selected…"), permissions=["revoke"])
    def revoke_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        keys = list(queryset.filter(revoked_at=None).values_list("pk", flat=True))
        if not keys:
            self.message_user(request, _("These are revoked already."), messages.WARNING)
            return None
        return redirect(chosen_address(request, f"admin:{NAME}revoke", keys))

    @admin.action(
        description=_("Issue again under the name and organisation of today"), permissions=["revoke"]
    )
    def reissue_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        for row in queryset.select_related("edition"):
            self._try(request, row, reissue, _("Issued again."))

    def _try(self, request: HttpRequest, row: Certificate, service: Any, done: Any, **given: Any) -> None:
        try:
            service(certificate=row, by=person(request), **given)
        except Refusal as refusal:
            self.message_user(request, f"{row}: {refusal}", messages.WARNING)
        else:
            self.log_change(request, row, str(done))
            self.message_user(request, f"{row}: {done}", messages.SUCCESS)

    # --- Columns --------------------------------------------------------------------------------
    @admin.display(description=_("number"), ordering="number")
    def number_in_words(self, row: Certificate) -> str:
        return str(row)

    @admin.display(description=_("state"), ordering="revoked_at")
    def state(self, row: Certificate) -> str:
        if not row.revoked_at:
            return str(_("valid"))
        return str(_("revoked on %(day)s") % {"day": date_format(row.revoked_at, "j M Y")})

    @admin.display(description=_("code"))
    def shown_code(self, row: Certificate) -> str:
        address = reverse("registration:verify", args=[row.code])
        return format_html('<a href="{}">{}</a>', address, grouped(row.code))

    @admin.display(description=_("file"))
    def files(self, row: Certificate) -> str:
        if row.revoked_at:
            return "–"
        return format_html('<a href="{}">PDF</a>', reverse(f"admin:{NAME}pdf", args=[row.pk]))

    @admin.display(description=_("sessions"))
    def sessions(self, row: Certificate) -> str:
        return "; ".join(one["title"] for one in row.facts.get("sessions", [])) or "–"

    @admin.display(description=_("learning outcomes"))
    def outcomes(self, row: Certificate) -> str:
        return "; ".join(one["name"] for one in row.facts.get("outcomes", [])) or "–"

    @admin.display(description=_("part played"))
    def parts(self, row: Certificate) -> str:
        parts = row.facts.get("parts", [])
        return "; ".join(": ".join(filter(None, [part_in_words(one["part"]), one["title"]])) for one in parts)


def may_issue(request: HttpRequest) -> bool:
    return request.user.has_perm("registration.add_certificate")
