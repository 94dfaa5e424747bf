"""Texts as people see them: Markdown made safe, a translation or the original with its language."""

from datetime import date as day
from typing import Any

from django import template
from django.template.defaultfilters import date as django_date
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from conference import markdown as conference_markdown
from conference.dates import date_format
from conference.languages import CODES, language_in_words

register = template.Library()


def shown(obj: object, field: str) -> tuple[str, str]:
    """The text, and its language if that is not the visitor's: the one asked for, else the original."""
    asked = (get_language() or CODES[0]).split("-")[0]
    for code in (asked, *CODES):
        if value := getattr(obj, f"{field}_{code}", None):
            return value, "" if code == asked else code
    return getattr(obj, field) or "", ""


@register.simple_tag
def text(obj: object, field: str) -> str | SafeString:
    """A translated text; if it is not in the visitor's language it says which one it is in."""
    value, language = shown(obj, field)
    return format_html('<span lang="{}">{}</span>', language, value) if language else value


@register.simple_tag
def prose(obj: object, field: str) -> str | SafeString:
    """A translated Markdown text as HTML in a block of prose."""
    value, language = shown(obj, field)
    if not value:
        return ""
    lang = format_html(' lang="{}"', language) if language else ""
    return format_html('<div class="prose"{}>{}</div>', lang, conference_markdown.to_html(value))


@register.filter
def markdown(value: str) -> SafeString:
    return conference_markdown.to_html(value or "")


@register.filter(expects_localtime=True, is_safe=False)
def date(value: Any, pattern: str = "DATE_FORMAT") -> str:
    """In place of Django's filter, so that the day before a month is written as the language does."""
    return date_format(value, pattern) if isinstance(value, day) else str(django_date(value, pattern))


@register.filter
def file_size(value: int) -> str:
    return filesizeformat(value).replace("\xa0", " ")


# Not called language_name: Django has a filter of that name, which speaks English only.
register.filter("language_in_words", language_in_words)
