"""Registration's part of the admin's front page."""

from typing import Any

from django import template

from conference.models import Edition
from registration.admin import numbers

register = template.Library()


@register.simple_tag
def registration_numbers(edition: Edition, may_decide: bool) -> list[dict[str, Any]]:
    return numbers.registration_numbers(edition, may_decide)


@register.simple_tag
def workshop_numbers(edition: Edition) -> list[dict[str, Any]]:
    return numbers.workshop_numbers(edition)
