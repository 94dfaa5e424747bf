"""An edition's presentations in figures: how often each was looked at and taken; as tables, plot and CSV."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.admin.base import AnyAdmin
from conference.admin.edition_pages import EditionPage, Stage
from conference.models import Edition
from registration.exporting.writing import FORMS, written
from registration.figures import reading
from registration.figures.plots import line_of

NAME = "conference_edition_reading"


class ReadingMixin(AnyAdmin):
    """The page under /admin/conference/edition/<pk>/reading/ for the edition's admin."""

    def reading_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not may_see_reading(request):
            raise PermissionDenied
        edition = get_object_or_404(Edition, pk=pk)
        rows = list(reading.of_presentations(reading.presentations_in(edition)).values())
        if request.GET.get("form") == "csv":
            return as_csv(edition, rows)
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
            (_("Presentations"), _("Presentation"), rows),
            (_("Sessions"), _("Session"), reading.of_sessions(rows)),
            (_("All editions"), _("Edition"), reading.of_editions()),
            (_("Themes"), _("Theme"), reading.of_themes()),
        ],
        "countries": [(_("Views by country"), viewed), (_("Downloads by country"), taken)],
    }


def as_csv(edition: Edition, rows: list[reading.Reading]) -> HttpResponse:
    header = [_("Presentation"), _("Session"), _("Views"), _("Downloads")]
    lines = ([one.words, one.of, str(one.views), str(one.downloads)] for one in rows)
    headers = {"Content-Disposition": f'attachment; filename="presentations-{edition.slug}.csv"'}
    return HttpResponse(
        written("csv", header, lines), content_type=FORMS["csv"].content_type, headers=headers
    )


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
