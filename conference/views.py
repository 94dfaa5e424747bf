"""The front door: the current edition, all editions, themes and organiser-written pages."""

from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.generic import DetailView, TemplateView

from conference.editions import EditionMixin
from conference.models import Edition, Page, Theme
from conference.models.page import PRIVACY
from conference.slugs import admin_is_known
from conference.viewer import ANONYMOUS
from sessions.library.timeline import timeline_of
from sessions.models import Kind, Presentation, Session


def home(request: HttpRequest) -> HttpResponse:
    """The current edition and what to do now; on an empty site how to begin."""
    edition = Edition.objects.current()
    if edition is None:
        return render(request, "conference/begin.html", {"admin_is_known": admin_is_known()})
    request.edition = edition  # type: ignore[attr-defined]
    open_editions = Edition.objects.published().registration_open().exclude(pk=edition.pk)
    context = {
        "edition": edition,
        "counts": counts_of(edition),
        "open_edition": open_editions.order_by("starts_on").first(),
    }
    return render(request, "conference/home.html", context)


def counts_of(edition: Edition) -> dict[str, int]:
    """How many sessions, workshops and presentations everyone may know of."""
    sessions = Session.objects.published().filter(edition=edition).order_by()
    kinds = dict(sessions.values_list("kind").annotate(number=Count("pk")))
    return {
        "sessions": kinds.get(Kind.SESSION, 0),
        "workshops": kinds.get(Kind.WORKSHOP, 0),
        "presentations": Presentation.objects.listed_to(ANONYMOUS).filter(edition=edition).count(),
    }


class EditionListView(TemplateView):
    template_name = "conference/edition_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        editions = list(Edition.objects.published().for_lists())
        in_series = sorted(editions, key=lambda one: (one.series.position, one.series.title))
        themes = {edition.theme for edition in editions if edition.theme}
        return super().get_context_data(
            series=[(one, list(found)) for one, found in groupby(in_series, attrgetter("series"))],
            themes=sorted(themes, key=attrgetter("start_year", "end_year", "title")),
            **kwargs,
        )


class ThemeView(DetailView):
    """A theme through the years; the public knows of it through its published editions."""

    template_name = "conference/theme.html"
    context_object_name = "theme"

    def get_queryset(self) -> QuerySet[Theme]:
        themes = Theme.objects.select_related("series")
        if self.request.viewer.is_organiser:  # type: ignore[attr-defined]
            return themes
        return themes.filter(editions__in=Edition.objects.published()).distinct()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        timeline = timeline_of(self.object, self.request.viewer)  # type: ignore[attr-defined]
        return super().get_context_data(timeline=timeline, preview=not timeline.years, **kwargs)


class PageView(DetailView):
    """A page of the whole site, where it stands; an unpublished one only as a preview for organisers."""

    template_name = "conference/page.html"
    context_object_name = "written"  # "page" is what every page knows about itself

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().get(request, *args, **kwargs)
        page: Page = self.object
        has_other_place = page.is_published and page.slug == PRIVACY and not page.edition_id
        return redirect(page.get_absolute_url(), permanent=True) if has_other_place else response

    def get_queryset(self) -> QuerySet[Page]:
        is_organiser = self.request.viewer.is_organiser  # type: ignore[attr-defined]
        pages = Page.objects.all() if is_organiser else Page.objects.published()
        return pages.filter(edition=None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(preview=not self.object.is_published, **kwargs)


class EditionPageView(EditionMixin, PageView):
    def get_queryset(self) -> QuerySet[Page]:
        is_organiser = self.request.viewer.is_organiser  # type: ignore[attr-defined]
        pages = Page.objects.all() if is_organiser else Page.objects.published()
        return pages.filter(edition=self.edition)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_preview = not (self.object.is_published and self.edition.is_published)
        return super().get_context_data(**kwargs) | {"preview": is_preview}
