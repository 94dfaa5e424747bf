"""What a session is called on a page."""

from django import template
from django.utils.text import capfirst

from sessions.models import Session

register = template.Library()


@register.filter
def label_of(session: Session) -> str:
    """“Workshop 2” or “Guest lecture”: the organiser's type, else the kind, with the number as printed."""
    name = session.session_type.name if session.session_type else session.get_kind_display()
    return f"{capfirst(name)} {session.number}" if session.number is not None else capfirst(name)
