"""Pages of one edition: find it by the first word of the address, or answer as if it did not exist."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from conference.models import Edition


def edition_of(request: HttpRequest, slug: str) -> Edition:
    """The published edition at this slug (any for organisers), put on the request for menus and colours."""
    editions = Edition.objects.for_lists()
    edition = get_object_or_404(editions, slug=slug)
    if not edition.is_published and not request.viewer.is_organiser:  # type: ignore[attr-defined]
        edition = get_object_or_404(editions.none())
    request.edition = edition  # type: ignore[attr-defined]
    return edition


class EditionMixin:
    """For class-based pages under /<edition>/: gives self.edition."""

    edition: Edition

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.edition = edition_of(request, kwargs.pop("edition"))
        self.kwargs.pop("edition", None)  # type: ignore[attr-defined]
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
