"""Data blocks of schema.org in the head of a page, for machines that read it."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString

from conference.linked_data import block
from conference.models import Edition, EditionOrganisation
from sessions import event_data
from sessions.models import Appearance
from sessions.outline import Entry
from speakers.models import Speaker

register = template.Library()


@register.simple_tag
def edition_data(
    edition: Edition, sessions: list[Entry], workshops: list[Entry], parts: Iterable[EditionOrganisation]
) -> SafeString:
    return block(event_data.edition_data(edition, [*sessions, *workshops], parts))


@register.simple_tag
def session_data(entry: Entry, edition: Edition, places: str = "") -> SafeString:
    """With the state of the places of a workshop that takes bookings: open, few or full."""
    return block(event_data.session_data(entry, edition, places))


@register.simple_tag
def person_data(speaker: Speaker, editions: Iterable[tuple[Edition, list[Appearance]]]) -> SafeString:
    return block(event_data.person_data(speaker, editions))
