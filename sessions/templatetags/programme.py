"""What a session is called on a page."""

from django import template
from django.utils.text import capfirst

from sessions.models import Kind, Session

register = template.Library()


@register.filter
def label_of(session: Session) -> str:
    """“Session 4”; in a session, or without a number, by the organiser's type: “Day 2”, “Guest lecture”."""
    name = Kind(session.kind).label
    if session.session_type and (session.number is None or session.part_of_id):
        name = session.session_type.name
    return capfirst(name) if session.number is None else f"{capfirst(name)} {session.number}"
