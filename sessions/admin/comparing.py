"""Two versions of a presentation side by side in the admin, and the way back to an earlier one."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from conference.admin.base import AnyAdmin, person
from sessions.describing.comparing import Pair, compare
from sessions.exceptions import PresentationRefused
from sessions.models import Presentation, PresentationFile, PreviewPage
from sessions.previews.pages import SMALL
from sessions.services.going_back import go_back

NAME = "conference_sessions_presentation_compare"


class ComparingMixin(AnyAdmin):
    """One page for PresentationAdmin."""

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.compare_view))
        return [path("<int:pk>/compare/", page, name=NAME), *super().get_urls()]

    def compare_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        (row,) = self._changeable(request, [pk])  # type: ignore[attr-defined]
        versions = list(row.versions.select_related("preview", "uploaded_by").order_by("number"))
        if not versions:
            raise Http404
        if request.method == "POST":
            return self.compare_go_back(request, row, chosen(versions, request.POST.get("version")))
        new = chosen(versions, request.GET.get("new")) or versions[-1]
        old = chosen(versions, request.GET.get("old")) or before(versions, new)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": row,
            "title": _("Compare versions"),
            "versions": versions,
            "old": old,
            "new": new,
            "sides": [old, new],
            "is_same_content": bool(old.sha256) and old.sha256 == new.sha256,
            "rows": rows_of(row, old, new),
        }
        return TemplateResponse(request, "admin/comparing.html", context)

    def compare_go_back(
        self, request: HttpRequest, row: Presentation, version: PresentationFile | None
    ) -> HttpResponse:
        if not version:
            raise Http404
        try:
            again = go_back(version=version, by=person(request))
        except PresentationRefused as refusal:
            self.message_user(request, str(refusal), messages.WARNING)
            return redirect(request.get_full_path())
        numbers = {"old": version.number, "new": again.number}
        self.log_change(request, row, _("Went back to version %(old)s, as version %(new)s.") % numbers)
        words = _("Version %(old)s is public again, as version %(new)s.") % numbers
        self.message_user(request, words, messages.SUCCESS)
        return redirect("admin:conference_sessions_presentation_change", row.pk)


def chosen(versions: list[PresentationFile], number: str | None) -> PresentationFile | None:
    return next((version for version in versions if str(version.number) == number), None)


def before(versions: list[PresentationFile], version: PresentationFile) -> PresentationFile:
    """The one that came just before; of the first, the second; alone, itself."""
    place = versions.index(version)
    return versions[place - 1] if place else versions[min(1, len(versions) - 1)]


@dataclass(frozen=True)
class Row:
    """A page beside its page, each with the address of its picture if there is one."""

    pair: Pair
    old_picture: str = ""
    new_picture: str = ""


def rows_of(row: Presentation, old: PresentationFile, new: PresentationFile) -> list[Row]:
    before, after = pages_of(old), pages_of(new)
    pairs = compare([page.text for page in before], [page.text for page in after])
    return [
        Row(
            pair,
            picture_of(row, old, before, pair.old_number),
            picture_of(row, new, after, pair.new_number),
        )
        for pair in pairs
    ]


def pages_of(version: PresentationFile) -> list[PreviewPage]:
    if not version.preview_id:
        return []
    pages = PreviewPage.objects.filter(preview=version.preview_id).order_by("number")
    return list(pages.only("number", "text", "width"))


def picture_of(
    row: Presentation, version: PresentationFile, pages: list[PreviewPage], number: int | None
) -> str:
    if not number or not pages[number - 1].width:
        return ""
    return reverse("registration:version_picture", args=[row.guid, version.guid, number, SMALL])


def compare_link(row: Presentation) -> list[dict[str, Any]]:
    """For the form of a presentation that has something to compare."""
    if row.versions.count() < 2:
        return []
    return [{"address": reverse(f"admin:{NAME}", args=[row.pk]), "words": _("Compare versions")}]
