"""The report for the funder: one button at an edition, one at a series; as page, PDF, XLSX and CSV."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from conference.admin.base import AnyAdmin
from conference.admin.edition_pages import EditionPage, Stage
from conference.admin.series import SeriesAdmin
from conference.models import Edition, Series
from conference.sheets.writing import FORMS, written
from registration.admin.figures import may_see_figures
from registration.admin.reading import may_see_reading
from registration.report import sheets
from registration.report.building import report_of, report_of_series
from registration.report.paper import Busy, hiding_words, pdf_of
from registration.report.tables import Report

NAME, SERIES_NAME = "conference_edition_report", "conference_series_report"
RETRY_AFTER = "5"  # seconds
HUE = 255  # of a series, which has no colour of its own


def may_report(request: HttpRequest) -> bool:
    """Whoever may see both the figures of people and those of presentations."""
    return may_see_figures(request) and may_see_reading(request)


class ReportMixin(AnyAdmin):
    """The page under /admin/conference/edition/<pk>/report/ for the edition's admin."""

    def report_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not may_report(request):
            raise PermissionDenied
        edition = get_object_or_404(Edition, pk=pk)
        found = report_of(edition)
        if form := request.GET.get("form"):
            return as_file(found, form, edition.slug, edition.accent_hue)
        extra = {
            "edition": edition,
            "series_url": reverse(f"admin:{SERIES_NAME}", args=[edition.series_id]),
        }
        return page(self, request, found, extra)


admin.site.unregister(Series)


@admin.register(Series)
class WholeSeriesAdmin(SeriesAdmin):
    """Series with the button to their report."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.report_view)
        return [path("<int:pk>/report/", view, name=SERIES_NAME), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> Any:
        row = kwargs.get("obj")
        if row and may_report(request):
            address = reverse(f"admin:{SERIES_NAME}", args=[row.pk])
            context["row_links"] = [{"address": address, "words": _("Report")}]
        return super().render_change_form(request, context, *args, **kwargs)

    def report_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not may_report(request):
            raise PermissionDenied
        series = get_object_or_404(Series, pk=pk)
        found = report_of_series(series)
        if form := request.GET.get("form"):
            return as_file(found, form, series.slug, HUE)
        return page(self, request, found, {"series": series})


def page(model_admin: Any, request: HttpRequest, report: Report, extra: dict[str, Any]) -> TemplateResponse:
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Report"),
        "report": report,
        "hiding": hiding_words(),
        **extra,
    }
    return TemplateResponse(request, "admin/report.html", context)


def as_file(report: Report, form: str, slug: str, hue: int) -> HttpResponse:
    if form == "pdf":
        try:
            content, kind = pdf_of(report, hue=hue), "application/pdf"
        except Busy:
            return HttpResponse(status=503, headers={"Retry-After": RETRY_AFTER})
    elif form in FORMS:
        content = written(form, sheets.header(), sheets.lines_of(report))
        kind = FORMS[form].content_type
    else:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="report-{slug}.{form}"'}
    return HttpResponse(content, content_type=kind, headers=headers)


PAGES = [
    EditionPage(
        name=NAME,
        path="report/",
        view=ReportMixin.report_view,
        stage=Stage.AFTERWARDS,
        words=_("Report for the funder"),
        may=may_report,
    )
]
