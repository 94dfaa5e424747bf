"""How often a presentation was taken, for its speakers and the organisers."""

from django import template

from registration.services.downloads import count_downloads, count_downloads_of_all
from sessions.models import Presentation

register = template.Library()


@register.simple_tag
def download_count(presentation: Presentation) -> int:
    return count_downloads(presentation)


@register.simple_tag
def load_download_counts(presentations: list[Presentation]) -> dict[int, int]:
    """Numbers for a whole list, in one query."""
    return count_downloads_of_all(presentations)


@register.filter
def downloads_of(counts: dict[int, int], presentation: Presentation) -> int:
    return counts.get(presentation.pk, 0)
