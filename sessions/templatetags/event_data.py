"""Data blocks of schema.org in the head of a page, for machines that read it."""

import json
from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from conference.models import Edition, EditionOrganisation
from sessions import event_data
from sessions.models import Appearance
from sessions.outline import Entry
from speakers.models import Speaker

register = template.Library()
# No text can end the script element or begin a comment in it.
ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def block(said: dict[str, Any]) -> SafeString:
    if not said:
        return mark_safe("")
    words = json.dumps(said, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(words))  # noqa: S308 - escaped above


@register.simple_tag
def edition_data(
    edition: Edition, sessions: list[Entry], workshops: list[Entry], parts: Iterable[EditionOrganisation]
) -> SafeString:
    return block(event_data.edition_data(edition, [*sessions, *workshops], parts))


@register.simple_tag
def session_data(entry: Entry, edition: Edition) -> SafeString:
    return block(event_data.session_data(entry, edition))


@register.simple_tag
def person_data(speaker: Speaker, editions: Iterable[tuple[Edition, list[Appearance]]]) -> SafeString:
    return block(event_data.person_data(speaker, editions))
