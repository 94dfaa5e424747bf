"""Texts as people see them: Markdown made safe, a translation or the original with its language."""

from django import template
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info
from modeltranslation.utils import build_localized_fieldname

from conference import markdown as conference_markdown

register = template.Library()


def language_shown(obj: object, field: str) -> str:
    """The language in which the field is filled: the one asked for, else the original."""
    asked = (get_language() or "en").split("-")[0]
    for code in (asked, "en", "nl"):
        if getattr(obj, build_localized_fieldname(field, code), None):
            return code
    return asked


@register.simple_tag
def text(obj: object, field: str) -> str | SafeString:
    """A translated text; if it is not in the visitor's language it says which one it is in."""
    value = getattr(obj, field) or ""
    shown = language_shown(obj, field)
    if not value or shown == (get_language() or "en").split("-")[0]:
        return value
    return format_html('<span lang="{}">{}</span>', shown, value)


@register.simple_tag
def prose(obj: object, field: str) -> str | SafeString:
    """A translated Markdown text as HTML in a block of prose."""
    value = getattr(obj, field) or ""
    if not value:
        return ""
    shown = language_shown(obj, field)
    lang = "" if shown == (get_language() or "en").split("-")[0] else format_html(' lang="{}"', shown)
    return format_html('<div class="prose"{}>{}</div>', lang, conference_markdown.to_html(value))


@register.filter
def markdown(value: str) -> SafeString:
    return conference_markdown.to_html(value or "")


@register.filter
def file_size(value: int) -> str:
    return filesizeformat(value).replace("\xa0", " ")


@register.filter
def language_in_words(code: str) -> str:
    """The name of a language in the visitor's language; an unknown code stays as it is.

    Not called language_name: Django has a filter of that name, which speaks English only.
    """
    try:
        return get_language_info(code)["name_translated"].capitalize()
    except KeyError:
        return code
