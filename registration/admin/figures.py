"""An edition in figures: when people registered, who they are, how full it was and who came."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from conference.admin.base import AnyAdmin
from conference.admin.edition_pages import EditionPage, Stage
from conference.models import Edition
from registration.figures import counting
from registration.figures.plots import line_of

NAME = "conference_edition_figures"


class FiguresMixin(AnyAdmin):
    """The page under /admin/conference/edition/<pk>/figures/ for the edition's admin."""

    def figures_view(self, request: HttpRequest, pk: int) -> TemplateResponse:
        if not may_see_figures(request):
            raise PermissionDenied
        edition = get_object_or_404(Edition, pk=pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Figures"),
            "edition": edition,
            **figures_of(edition),
        }
        return TemplateResponse(request, "admin/figures.html", context)


def figures_of(edition: Edition) -> dict[str, Any]:
    present = counting.present_in(edition)
    rows, known, veiled = counting.sessions_of(edition, present)
    hours = counting.hours_in(edition, present, known, veiled)
    people, steps = counting.people_in(edition), counting.over_time(edition)
    return {
        "steps": steps,
        "line": line_of([step.total for step in steps]),
        "people": [
            (_("Countries"), _("Country"), people["countries"]),
            (_("Roles"), _("Role"), people["roles"]),
            (_("Organisations"), _("Kind of organisation"), people["kinds"]),
        ],
        "door": counting.door_of(edition),
        "certificates": counting.certificates_of(edition),
        "sessions": rows,
        "hours": [
            (hour, counting.Bar("", count, counting.most(number for _hour, number in hours)))
            for hour, count in hours
        ],
    }


def may_see_figures(request: HttpRequest) -> bool:
    return request.user.has_perm("registration.change_registration")


PAGES = [
    EditionPage(
        name=NAME,
        path="figures/",
        view=FiguresMixin.figures_view,
        stage=Stage.AFTERWARDS,
        words=_("Figures"),
        may=may_see_figures,
    )
]
