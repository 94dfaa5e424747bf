"""Numbers of certificates, for templates."""

from decimal import Decimal

from django import template

from registration.certificates.words import hours_in_words

register = template.Library()


@register.filter
def hours(value: Decimal) -> str:
    """“6” or “1.5”, in the numbers of the language."""
    return hours_in_words(value)
