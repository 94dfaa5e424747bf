"""One presentation, and all presentations of an edition: what everyone sees before the file itself."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django.views.generic import ListView

from conference.editions import EditionMixin
from sessions.access import access_of, rows_of
from sessions.models import Presentation
from sessions.models.presentation import PresentationQuerySet
from sessions.views.sessions import is_of_workshop

OPEN_ALREADY = 3  # other presentations that the gate offers at once


@require_safe
def presentation(request: HttpRequest, guid: UUID) -> HttpResponse:
    viewer = request.viewer  # type: ignore[attr-defined]
    found = get_object_or_404(Presentation.objects.listed_to(viewer).for_page(), guid=guid)
    request.edition = found.edition  # type: ignore[attr-defined]
    access = access_of(found, viewer)
    context = {
        "presentation": found,
        "file": found.current_file,
        "access": access,
        "preview": not access.is_public,
        "open_already": [] if access.is_open else open_already(found, request),
        "is_manager": bool(viewer.user_id) and is_managed(found, request),
    }
    return render(request, "sessions/presentation.html", context)


def open_already(presentation: Presentation, request: HttpRequest) -> list[Presentation]:
    """Other presentations of the edition that this visitor can open without another step."""
    others = Presentation.objects.filter(edition=presentation.edition_id).exclude(pk=presentation.pk)
    return list(others.downloadable_by(request.viewer).public()[:OPEN_ALREADY])  # type: ignore[attr-defined]


def is_managed(presentation: Presentation, request: HttpRequest) -> bool:
    viewer = request.viewer  # type: ignore[attr-defined]
    return Presentation.objects.manageable_by(viewer).filter(pk=presentation.pk).exists()


class PresentationListView(EditionMixin, ListView):
    """All presentations of the edition in two groups, narrowed by kind and language through plain links."""

    template_name = "sessions/presentation_list.html"
    context_object_name = "presentations"

    def get_queryset(self) -> PresentationQuerySet:
        viewer = self.request.viewer  # type: ignore[attr-defined]
        return Presentation.objects.filter(edition=self.edition).listed_to(viewer).for_lists()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        viewer = self.request.viewer  # type: ignore[attr-defined]
        everything = rows_of(self.object_list, viewer, self.edition)  # type: ignore[has-type]
        chosen = [one for one in everything if self.is_chosen(one)]
        context = super().get_context_data(object_list=chosen, **kwargs)
        context["of_speakers"] = [one for one in chosen if not is_of_workshop(one)]
        context["of_workshops"] = [one for one in chosen if is_of_workshop(one)]
        context["kinds"] = self.choices("kind", {one.kind: one.get_kind_display() for one in everything})
        context["languages"] = self.choices("language", {one.language: one.language for one in everything})
        context["is_empty"] = not everything
        return context

    def is_chosen(self, presentation: Presentation) -> bool:
        wanted = {name: self.request.GET.get(name, "") for name in ("kind", "language")}
        return all(not value or getattr(presentation, name) == value for name, value in wanted.items())

    def choices(self, name: str, found: dict[str, str]) -> list[dict[str, Any]]:
        """One link for each value there is, keeping the other choice; none where there is nothing to choose."""
        chosen = self.request.GET.get(name, "")
        if len(found) < 2 and not chosen:
            return []
        values = [("", ""), *sorted(found.items(), key=lambda pair: pair[1])]
        return [
            {"label": label, "query": self.query_with(name, value), "is_current": value == chosen}
            for value, label in values
        ]

    def query_with(self, name: str, value: str) -> str:
        chosen = {known: self.request.GET.get(known, "") for known in ("kind", "language")} | {name: value}
        return urlencode({known: choice for known, choice in chosen.items() if choice})
