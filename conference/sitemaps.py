"""Public addresses for search engines, in every language, under the site's own name."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property

from conference.languages import offered
from conference.models import Edition, NewsItem, Page, Site, Theme
from conference.models.page import PRIVACY
from conference.slugs import admin_is_known


class PublicSitemap(Sitemap):
    """Addresses come from SITE_URL: the Host header is the client's word."""

    i18n = True
    alternates = True
    x_default = True

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_URL).netloc

    def get_languages_for_item(self, item: Any) -> list[str]:
        """What belongs to an edition is named in its languages only, the rest in those of the site."""
        first = item[0] if isinstance(item, tuple) else item
        edition = first if isinstance(first, Edition) else getattr(first, "edition", None)
        return offered(edition.languages if edition else self.of_the_site)

    @cached_property
    def of_the_site(self) -> str:
        site = Site.objects.first()
        return site.languages if site else ""

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme


class DatedSitemap(PublicSitemap):
    def lastmod(self, item: Any) -> Any:
        return item.updated_at


class FrontSitemap(PublicSitemap):
    def items(self) -> list[str]:
        return ["conference:home", "conference:editions", "conference:privacy", "conference:accessibility"]

    def location(self, item: str) -> str:
        return reverse(item)


class EditionSitemap(DatedSitemap):
    """The overview of each edition and its lists."""

    names = ["overview", "programme", "sessions", "workshops", "speakers", "presentations"]

    def items(self) -> list[tuple[Edition, str]]:
        return [(edition, name) for edition in Edition.objects.published() for name in self.names]

    def location(self, item: tuple[Edition, str]) -> str:
        return reverse(f"sessions:{item[1]}", args=[item[0].slug])

    def lastmod(self, item: tuple[Edition, str]) -> Any:
        return item[0].updated_at


class ThemeSitemap(PublicSitemap):
    def items(self) -> QuerySet[Theme]:
        return Theme.objects.filter(editions__in=Edition.objects.published()).distinct()


class PageSitemap(DatedSitemap):
    def items(self) -> QuerySet[Page]:
        pages = Page.objects.published().filter(Q(edition=None) | Q(edition__is_published=True))
        pages = pages.exclude(slug=PRIVACY, edition=None)  # which is the front's
        return pages.select_related("edition").order_by("pk")


class NewsSitemap(PublicSitemap):
    def items(self) -> QuerySet[NewsItem]:
        return NewsItem.objects.published().for_lists().order_by("pk")

    def lastmod(self, item: NewsItem) -> Any:
        return item.changed_at


PRIVATE = [
    "/accounts/",
    "/speaker/",
    "/desk/",
    "/my/",
    "/*/colleagues/",
    "/*/my-registration/",
    "/presentations/*/download/",
]


def robots(request: HttpRequest) -> HttpResponse:
    """Where search engines need not look, and where all public addresses are listed."""
    prefixes = ["" if code == settings.LANGUAGE_CODE else f"/{code}" for code, _name in settings.LANGUAGES]
    private = ["/admin/", *PRIVATE] if admin_is_known() else PRIVATE
    lines = ["User-agent: *"]
    lines += [f"Disallow: {prefix}{path}" for prefix in prefixes for path in private]
    lines += ["", f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
