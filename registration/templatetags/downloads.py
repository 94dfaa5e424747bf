"""How often a presentation was taken, for its speakers and the organisers."""

from django import template

from registration.services.downloads import count_downloads
from sessions.models import Presentation

register = template.Library()


@register.simple_tag
def download_count(presentation: Presentation) -> int:
    return count_downloads(presentation)
