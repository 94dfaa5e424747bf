"""News for visitors: lists, one item, feeds. What is not public yet has a page for organisers only, as a preview."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from django.views.generic import DetailView, ListView

from conference import clock
from conference.editions import EditionMixin
from conference.feeds import ATOM
from conference.models import Edition, NewsItem, Site
from conference.models.news import NewsQuerySet
from conference.news import feed
from conference.templatetags.texts import shown


class NewsListView(ListView):
    """Everything: of the site and of all its editions."""

    template_name = "conference/news/list.html"
    context_object_name = "items"
    paginate_by = 20

    def get_queryset(self) -> NewsQuerySet:
        return NewsItem.objects.published().for_lists()


class EditionNewsListView(EditionMixin, NewsListView):
    def get_queryset(self) -> NewsQuerySet:
        return super().get_queryset().filter(edition=self.edition)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        preview = not self.edition.is_published
        return super().get_context_data(edition=self.edition, preview=preview, **kwargs)


class NewsItemView(DetailView):
    template_name = "conference/news/item.html"
    context_object_name = "item"
    edition: Edition | None = None

    def get_queryset(self) -> NewsQuerySet:
        is_organiser = self.request.viewer.is_organiser  # type: ignore[attr-defined]
        items = NewsItem.objects.all() if is_organiser else NewsItem.objects.published()
        return items.filter(edition=self.edition).select_related("edition")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(edition=self.edition, preview=not self.object.is_public(), **kwargs)


class EditionNewsItemView(EditionMixin, NewsItemView):
    """At the address of its edition."""


@require_safe
def news_feed(request: HttpRequest) -> HttpResponse:
    site = Site.objects.filter(pk=1).first() or Site(pk=1)
    items = NewsItem.objects.published().select_related("edition")
    return answer(items, shown(site, "name")[0], "news.atom")


@require_safe
def edition_news_feed(request: HttpRequest, edition: str) -> HttpResponse:
    """Of an edition that is not published there is none, not for organisers either."""
    found = get_object_or_404(Edition.objects.published(), slug=edition)
    items = NewsItem.objects.published().filter(edition=found).select_related("edition")
    return answer(items, shown(found, "short_title")[0], f"{edition}-news.atom", found)


def answer(items: NewsQuerySet, name: str, file_name: str, edition: Edition | None = None) -> HttpResponse:
    """The moment of an item comes without anybody changing anything, so what was said before is no answer to it."""
    made_at = edition.created_at if edition else clock.now()
    content = feed.write(
        items[: feed.IN_FEED], get_language() or settings.LANGUAGE_CODE, made_at, name, edition
    )
    response = HttpResponse(content, content_type=ATOM)
    response["Content-Disposition"] = f'inline; filename="{file_name}"'
    # Everybody's, so pages of other sites may read it too.
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
