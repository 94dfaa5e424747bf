"""The mail's part of the admin's front page."""

from typing import Any

from django import template

from conference.admin import numbers

register = template.Library()


@register.simple_tag
def mail_numbers() -> list[dict[str, Any]]:
    return numbers.mail_numbers()
