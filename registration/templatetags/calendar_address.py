"""The address of a calendar as calendar programs know it."""

from django import template

register = template.Library()


@register.filter
def webcal(url: str) -> str:
    """With the scheme that opens a calendar program instead of a browser."""
    return "webcal://" + url.split("://", 1)[-1]
