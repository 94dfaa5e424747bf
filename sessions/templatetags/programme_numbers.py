"""The programme's part of the admin's front page."""

from typing import Any

from django import template

from conference.models import Edition
from sessions.admin.numbers import presentation_numbers, session_numbers, speaker_numbers

register = template.Library()
SECTIONS = {
    "sessions": session_numbers,
    "presentations": presentation_numbers,
    "speakers": speaker_numbers,
}


@register.simple_tag
def programme_numbers(edition: Edition, section: str) -> list[dict[str, Any]]:
    return SECTIONS[section](edition)
