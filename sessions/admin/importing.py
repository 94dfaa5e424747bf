"""Import a timetable into an edition: upload, say what a sheet's columns are, look, confirm."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.admin.base import AnyAdmin, person
from conference.admin.edition_pages import EditionPage, Stage
from conference.admin.tasks import TITLES, page_of
from conference.models import Edition
from sessions.admin.import_words import ImportPage
from sessions.admin.releasing import may_see_conflicts
from sessions.exchange.reading import (
    COLUMNS,
    SHEETS,
    Reading,
    RefusedSchedule,
    format_of,
    guessed,
    read,
    sheet_in,
)
from sessions.forms.importing import ColumnsForm, ImportForm
from sessions.services.importing import ChangedMeanwhile, plan_import
from sessions.services.importing.bringing_in import KIND, NEEDS, bring_in, reading_of
from sessions.services.importing.columns import offered
from sessions.services.importing.keeping import Waiting, keep, waiting
from sessions.services.importing.later import MOST_AT_ONCE, ask_once

TITLES[KIND] = gettext_lazy("Import a timetable")


def may_import(request: HttpRequest) -> bool:
    return request.user.has_perms(NEEDS)


class ImportingMixin(AnyAdmin):
    def import_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not may_import(request):
            raise PermissionDenied
        edition = get_object_or_404(self.get_queryset(request), pk=pk)
        token = request.POST.get("token", "") if request.method == "POST" else ""
        if not token:
            return self._upload(request, edition)
        kept = waiting(token, edition=edition, user=person(request))
        try:
            data = kept.read() if kept else b""
        except FileNotFoundError:
            kept = None
        if not kept:
            return self._ask_again(request, edition, _("This file is no longer here. Upload it again."))
        return self._next_step(request, edition, kept, data)

    def _upload(self, request: HttpRequest, edition: Edition) -> HttpResponse:
        form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
        if not form.is_valid():
            return self._page(request, edition, "upload", form=form)
        upload = form.cleaned_data["upload"]
        data = upload.read()
        kept = keep(data, name=upload.name, edition=edition, user=person(request))
        kept = kept.with_(publish=form.cleaned_data["publish"])
        return self._guarded(request, edition, kept, lambda: self._first_look(request, edition, kept, data))

    def _next_step(self, request: HttpRequest, edition: Edition, kept: Waiting, data: bytes) -> HttpResponse:
        if "forget" in request.POST:
            kept.forget()
            return redirect("admin:conference_edition_change", edition.pk)
        step = self._confirm if "confirm" in request.POST else self._columns
        return self._guarded(request, edition, kept, lambda: step(request, edition, kept, data))

    def _guarded(self, request: HttpRequest, edition: Edition, kept: Waiting, step: Any) -> HttpResponse:
        """A refused file is deleted at once, and so is one that breaks something."""
        try:
            return step()
        except RefusedSchedule as refusal:
            kept.forget()
            return self._ask_again(request, edition, str(refusal))
        except BaseException:
            kept.forget()
            raise

    def _first_look(self, request: HttpRequest, edition: Edition, kept: Waiting, data: bytes) -> HttpResponse:
        if format_of(data) in SHEETS:
            return self._columns(request, edition, kept, data, is_first=True)
        return self._preview(request, edition, kept, read(data, zone=edition.zone))

    def _columns(
        self, request: HttpRequest, edition: Edition, kept: Waiting, data: bytes, *, is_first: bool = False
    ) -> HttpResponse:
        sheet = sheet_in(data)
        offer = offered(edition, KIND, sheet.headers, guessed(sheet.headers), COLUMNS)
        form = ColumnsForm(sheet, None if is_first else request.POST, offer=offer)
        if is_first or not form.is_valid():
            rows = len(sheet.rows)
            return self._page(
                request, edition, "columns", form=form, token=kept.token(), rows=rows, file=kept.name
            )
        mapping = form.mapping()
        kept = kept.with_(mapping=tuple(mapping.items()))
        return self._preview(request, edition, kept, read(data, zone=edition.zone, mapping=mapping))

    def _preview(
        self, request: HttpRequest, edition: Edition, kept: Waiting, reading: Reading, notice: str = ""
    ) -> HttpResponse:
        plan = plan_import(edition, reading, publish=kept.publish)
        token = kept.with_(seen=plan.fingerprint(), size=len(plan.sessions)).token()
        page = ImportPage(plan)
        return self._page(request, edition, "preview", token=token, plan=page, file=kept.name, notice=notice)

    def _confirm(self, request: HttpRequest, edition: Edition, kept: Waiting, data: bytes) -> HttpResponse:
        next_page = "conflicts" if may_see_conflicts(request) else "change"
        if kept.size > MOST_AT_ONCE:
            task = ask_once(KIND, kept, by=person(request), edition=edition)
            return page_of(task, back=reverse(f"admin:conference_edition_{next_page}", args=[edition.pk]))
        try:
            words = bring_in(edition, kept, data)
        except ChangedMeanwhile as refusal:
            return self._preview(request, edition, kept, reading_of(edition, kept, data), str(refusal))
        kept.forget()
        self.log_change(request, edition, f"{kept.name}: {words}")
        self.message_user(request, words, messages.SUCCESS)
        return redirect(f"admin:conference_edition_{next_page}", edition.pk)

    def _ask_again(self, request: HttpRequest, edition: Edition, words: str) -> HttpResponse:
        form = ImportForm(request.POST or None, {})
        form.errors.clear()
        form.add_error(
            "upload",
            forms.ValidationError(_("Nothing was imported. %(why)s"), params={"why": capfirst(words)}),
        )
        return self._page(request, edition, "upload", form=form)

    def _page(self, request: HttpRequest, edition: Edition, name: str, **context: Any) -> TemplateResponse:
        shared = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": edition,
            "title": _("Import a timetable"),
            "media": self.media,
        }
        return TemplateResponse(request, f"admin/importing/{name}.html", {**shared, **context})


PAGES = [
    EditionPage(
        name="conference_edition_import",
        path="import/",
        view=ImportingMixin.import_view,
        stage=Stage.PROGRAMME,
        words=gettext_lazy("Import a timetable"),
        may=may_import,
    )
]
