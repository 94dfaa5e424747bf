"""Addresses for calendars."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def webcal(path: str) -> str:
    """An address of this site that a calendar subscribes to instead of taking it once."""
    return f"webcal://{settings.SITE_HOST}{path}"
