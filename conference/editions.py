"""Pages of one edition: find it by the first word of the address, or answer as if it did not exist."""

from functools import cache
from typing import Any

from django.db.models import F, Subquery
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from conference.models import Edition, Site
from conference.models.edition import EditionQuerySet
from conference.turns import read_in_line

SITE_FIELDS = [field.attname for field in Site._meta.concrete_fields]


def edition_of(request: HttpRequest, slug: str) -> Edition:
    """The published edition at this slug (any for organisers), put on the request for menus and colours."""
    edition = read_in_line(("edition", slug), lambda: edition_at(slug))
    if not edition.is_published and not request.viewer.is_organiser:  # type: ignore[attr-defined]
        edition = get_object_or_404(Edition.objects.none())
    request.edition = edition  # type: ignore[attr-defined]
    request.site = site_of(edition)  # type: ignore[assignment]
    return edition


def edition_at(slug: str) -> Edition:
    return get_object_or_404(with_site(Edition.objects.for_lists()), slug=slug)


def with_site(editions: EditionQuerySet) -> EditionQuerySet:
    """The site's one row comes along, which saves every page of an edition a query."""
    return editions.annotate(site_row=site_row())


@cache  # the same in every query, and dear to make
def site_row() -> Subquery:
    site = Site.objects.rewrite(False).filter(pk=1)  # the columns themselves, not those of a language
    row = JSONObject(**{name: F(name) for name in SITE_FIELDS})
    return Subquery(site.values(row=row))


def site_of(edition: Edition) -> Site:
    row = edition.site_row  # type: ignore[attr-defined]
    return Site.from_db(None, SITE_FIELDS, [row[name] for name in SITE_FIELDS]) if row else Site(pk=1)


class EditionMixin:
    """For class-based pages under /<edition>/: gives self.edition."""

    edition: Edition

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.edition = edition_of(request, kwargs.pop("edition"))
        self.kwargs.pop("edition", None)  # type: ignore[attr-defined]
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
