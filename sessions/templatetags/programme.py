"""What a session is called on a page."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from conference.models import Edition
from conference.templatetags.dates import moment_range
from sessions.models import Appearance, Kind, Session
from sessions.outline import Entry

register = template.Library()


@register.filter
def label_of(session: Session) -> str:
    """“Session 4”; in a session, or without a number, by the organiser's type: “Day 2”, “Guest lecture”."""
    name = str(Kind(session.kind).label)
    if session.session_type and (session.number is None or session.part_of_id):
        name = session.session_type.name
    return capfirst(name) if session.number is None else f"{capfirst(name)} {session.number}"


@register.filter
def as_lines(people: list[Appearance]) -> list[dict[str, Any]]:
    """Who appears, and what they were then, ready to write down."""
    return [
        {"url": one.speaker.get_absolute_url(), "name": one.speaker.public_name, "then": then(one)}
        for one in people
    ]


def then(one: Appearance) -> str:
    part = "" if one.part == Appearance.Part.SPEAKER else f" ({one.get_part_display()})"
    organisation = one.organisation.name if one.organisation else ""
    return part + "".join(f", {words}" for words in (one.role, organisation) if words)


@register.filter
def when(entry: Entry, edition: Edition) -> list[SafeString]:
    """The times of a session, each with its room."""
    return [
        format_html(
            "{}, {}" if time.room else "{}",
            moment_range(time.starts_at, time.ends_at, edition.zone),
            time.room,
        )
        for time in entry.times
    ]
