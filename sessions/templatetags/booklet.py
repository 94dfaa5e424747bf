"""The size of a booklet beside the link to it."""

from django import template

from conference.models import Edition
from conference.templatetags.texts import file_size
from sessions.booklet import shelf

register = template.Library()


@register.simple_tag
def booklet_size(edition: Edition) -> str:
    """In words, or nothing while nobody has asked for it yet; no query."""
    size = shelf.size_of(edition)
    return file_size(size) if size else ""
