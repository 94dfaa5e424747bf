"""Texts without their form, for search engines and previews of links."""

from html import unescape

from django import template
from django.utils.html import strip_tags
from django.utils.text import Truncator

from conference import markdown

register = template.Library()
LENGTH = 160  # what search engines show


@register.filter
def plain(text: str | None) -> str:
    """The first words of a Markdown text as plain text, which the template then escapes."""
    words = " ".join(unescape(strip_tags(markdown.to_html(text or ""))).split())
    return Truncator(words).chars(LENGTH)
