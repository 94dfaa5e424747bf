"""How often a presentation was looked at and taken, for its speakers and the organisers."""

from django import template

from registration.services.downloads import count_downloads, count_downloads_of_all
from registration.services.views import count_views_of_all
from sessions.models import Presentation

register = template.Library()


@register.simple_tag
def download_count(presentation: Presentation) -> int:
    return count_downloads(presentation)


@register.simple_tag
def view_count(presentation: Presentation) -> int:
    return count_views_of_all([presentation]).get(presentation.pk, 0)


@register.simple_tag
def load_download_counts(presentations: list[Presentation]) -> dict[int, tuple[int, int]]:
    """Views and downloads for a whole list, in two queries."""
    views, downloads = count_views_of_all(presentations), count_downloads_of_all(presentations)
    return {key: (views.get(key, 0), downloads.get(key, 0)) for key in views.keys() | downloads.keys()}


@register.filter
def views_of(counts: dict[int, tuple[int, int]], presentation: Presentation) -> int:
    return counts.get(presentation.pk, (0, 0))[0]


@register.filter
def downloads_of(counts: dict[int, tuple[int, int]], presentation: Presentation) -> int:
    return counts.get(presentation.pk, (0, 0))[1]
