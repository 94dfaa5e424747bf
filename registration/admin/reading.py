"""An edition's presentations in figures: how often each was looked at and taken; as tables, plot and CSV."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.admin.base import AnyAdmin
from conference.admin.edition_pages import EditionPage, Stage
from conference.models import Edition
from conference.sheets.writing import FORMS, written
from registration.figures import reading
from registration.figures.plots import line_of
from registration.figures.reading_sheets import SHEETS

NAME = "conference_edition_reading"


class ReadingMixin(AnyAdmin):
    """The page under /admin/conference/edition/<pk>/reading/ for the edition's admin."""

    def reading_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not may_see_reading(request):
            raise PermissionDenied
        edition = get_object_or_404(Edition, pk=pk)
        if request.GET.get("form") == "csv":
            return as_csv(edition, request.GET.get("of", "presentations"))
        rows = list(reading.of_presentations(reading.presentations_in(edition)).values())
        context = {
            **self.admin_site.each_context(request),
            "title": _("Views and downloads"),
            "edition": edition,
            **figures_of(edition, rows),
        }
        return TemplateResponse(request, "admin/reading.html", context)


def figures_of(edition: Edition, rows: list[reading.Reading]) -> dict[str, Any]:
    steps = reading.over_time(edition)
    viewed, taken = reading.by_country(edition)
    return {
        "steps": steps,
        "lines": [
            (_("Views"), line_of([step.views for step in steps])),
            (_("Downloads"), line_of([step.downloads for step in steps])),
        ],
        "tables": [
            ("presentations", _("Presentations"), _("Presentation"), rows),
            ("sessions", _("Sessions"), _("Session"), reading.of_sessions(rows)),
            ("editions", _("All editions"), _("Edition"), reading.of_editions()),
            ("themes", _("Themes"), _("Theme"), reading.of_themes()),
        ],
        "countries": [
            ("views-by-country", _("Views by country"), viewed),
            ("downloads-by-country", _("Downloads by country"), taken),
        ],
    }


def as_csv(edition: Edition, name: str) -> HttpResponse:
    if name not in SHEETS:
        raise Http404
    sheet = SHEETS[name](edition)
    headers = {"Content-Disposition": f'attachment; filename="{name}-{edition.slug}.csv"'}
    content = written("csv", sheet.header, sheet.lines)
    return HttpResponse(content, content_type=FORMS["csv"].content_type, headers=headers)


def may_see_reading(request: HttpRequest) -> bool:
    return request.user.has_perm("conference_sessions.view_presentation")


PAGES = [
    EditionPage(
        name=NAME,
        path="reading/",
        view=ReadingMixin.reading_view,
        stage=Stage.AFTERWARDS,
        words=gettext_lazy("Views and downloads"),
        may=may_see_reading,
    )
]
