"""Approving, refusing, withdrawing and uploading from the admin; every step is a service's."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from conference.admin.asking import asking_page
from conference.admin.base import AnyAdmin, person
from conference.admin.chosen import chosen_address, chosen_keys
from sessions.admin.comparing import compare_link
from sessions.admin.shown_versions import in_words, shown_in, waiting_as_shown, waiting_version
from sessions.exceptions import PresentationRefused
from sessions.models import Presentation, PresentationFile
from sessions.services import presentations as services

Status = PresentationFile.Status
REFUSE = "admin:conference_sessions_presentation_refuse"
TOO_LARGE = 2**63  # for any key


class UploadForm(forms.Form):
    upload = forms.FileField(label=_("File"), required=False)
    link = forms.URLField(label=_("or a link"), required=False, assume_scheme="https")
    approve = forms.BooleanField(
        label=_("Approve at once"), required=False, help_text=_("It becomes the public version.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit = _("PDF, PPTX, ODP, KEY, DOCX or ODT, at most %(limit)s MB.")
        self.fields["upload"].help_text = limit % {"limit": settings.PRESENTATION_MAX_MB}


class RefuseForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
        help_text=_("The speaker reads this, so say what to change."),
    )
    versions = forms.CharField(required=False, widget=forms.HiddenInput)  # keys of those that the page showed


class DecisionMixin(AnyAdmin):
    """Actions and pages for PresentationAdmin."""

    actions = ["approve_selected", "refuse_selected", "withdraw_selected", "bring_back_selected"]

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        name = "conference_sessions_presentation_"
        own = [
            path("refuse/", wrap(self.refuse_view), name=f"{name}refuse"),
            path("<int:pk>/upload/", wrap(self.upload_view), name=f"{name}upload"),
        ]
        return own + super().get_urls()

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> Any:
        row = kwargs.get("obj")
        if row and self.has_change_permission(request, row):
            context |= links_and_buttons(row)
        return super().render_change_form(request, context, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Presentation) -> HttpResponse:
        if "_approve" in request.POST:
            self._report(request, [obj], self._approve, _("%(count)s approved."))
        return super().response_change(request, obj)

    @admin.action(description=_("Approve the newest submitted version"), permissions=["change"])
    def approve_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        def approve(request: HttpRequest, row: Presentation) -> Any:
            version = waiting_as_shown(row, shown_in(request, row))
            services.approve_version(version=version, by=person(request))
            return _("Approved.")

        self._report(request, queryset, approve, _("%(count)s approved."))

    @admin.action(description=_("Refuse the newest submitted version…"), permissions=["change"])
    def refuse_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse:
        keys = queryset.order_by().values_list("pk", flat=True)
        return redirect(chosen_address(request, REFUSE, keys))

    @admin.action(description=_("Withdraw"), permissions=["change"])
    def withdraw_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        def withdraw(request: HttpRequest, row: Presentation) -> Any:
            services.withdraw_presentation(presentation=row, by=person(request))
            return _("Withdrawn.")

        self._report(request, queryset, withdraw, _("%(count)s withdrawn."))

    @admin.action(description=_("Bring back what was withdrawn"), permissions=["change"])
    def bring_back_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        def bring_back(request: HttpRequest, row: Presentation) -> Any:
            services.bring_back_presentation(presentation=row)
            return _("Brought back.")

        self._report(request, queryset, bring_back, _("%(count)s brought back."))

    def refuse_view(self, request: HttpRequest) -> HttpResponse:
        rows = self._changeable(request, chosen_keys(request))
        shown = {"versions": ",".join(str(row.waiting) for row in rows if row.waiting)}
        form = RefuseForm(request.POST if request.method == "POST" else None, initial=shown)
        if form.is_valid():
            decided = set(form.cleaned_data["versions"].split(","))

            def refuse(request: HttpRequest, row: Any) -> Any:
                reason = form.cleaned_data["reason"]
                version = waiting_as_shown(row, str(row.waiting) if str(row.waiting) in decided else "-")
                services.refuse_version(version=version, by=person(request), reason=reason)
                return _("Refused.")

            self._report(request, rows, refuse, _("%(count)s refused."))
            return redirect("admin:conference_sessions_presentation_changelist")
        title, button = _("Refuse the newest submitted version"), _("Refuse")
        return asking_page(request, self, form, title=title, rows=in_words(rows), button=button)

    def upload_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        (row,) = self._changeable(request, [pk])
        sent = (request.POST, request.FILES) if request.method == "POST" else ()
        form = UploadForm(*sent)
        if form.is_valid() and self._add_version(request, row, form):
            return redirect("admin:conference_sessions_presentation_change", row.pk)
        title, button = _("Upload a version"), _("Upload")
        return asking_page(request, self, form, title=title, original=row, button=button)

    def _add_version(self, request: HttpRequest, row: Presentation, form: UploadForm) -> bool:
        given = form.cleaned_data
        status = Status.APPROVED if given["approve"] else Status.SUBMITTED
        try:
            version = services.add_version(
                presentation=row,
                by=person(request),
                upload=given["upload"],
                link=given["link"],
                status=status,
            )
        except PresentationRefused as refusal:
            form.add_error("upload" if given["upload"] else None, str(refusal))
            return False
        self.log_change(request, row, _("Version %(number)s uploaded.") % {"number": version.number})
        self.message_user(request, _("The version is stored."), messages.SUCCESS)
        return True

    def _approve(self, request: HttpRequest, row: Presentation) -> Any:
        services.approve_version(version=waiting_version(row), by=person(request))
        return _("Approved.")

    def _changeable(self, request: HttpRequest, keys: list[int]) -> list[Any]:
        if not self.has_change_permission(request):
            raise PermissionDenied
        known = [key for key in keys if key < TOO_LARGE]
        rows = list(self.get_queryset(request).filter(pk__in=known))
        if not rows:
            raise Http404
        return rows

    def _report(self, request: HttpRequest, rows: Any, do: Any, words: Any) -> None:
        """Do it for each row, log what was done, and say what could not be done."""
        done = 0
        for row in rows:
            try:
                self.log_change(request, row, do(request, row))
                done += 1
            except PresentationRefused as refusal:
                self.message_user(request, f"{row}: {refusal}", messages.WARNING)
        if done:
            self.message_user(request, words % {"count": done}, messages.SUCCESS)


def links_and_buttons(row: Presentation) -> dict[str, Any]:
    """What one can do with a presentation from its form."""
    upload = reverse("admin:conference_sessions_presentation_upload", args=[row.pk])
    links = [{"address": upload, "words": _("Upload a version")}, *compare_link(row)]
    waits = row.versions.filter(status=Status.SUBMITTED).exists()
    if waits:
        links.append({"address": f"{reverse(REFUSE)}?ids={row.pk}", "words": _("Refuse")})
    buttons = [{"name": "_approve", "words": _("Save and approve"), "show": waits}]
    return {"row_links": links, "service_buttons": buttons}
