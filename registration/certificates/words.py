"""Numbers and parts of a certificate as people read them."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from sessions.models import Appearance


def grouped(code: str) -> str:
    """In parts that can be read and typed."""
    return "-".join(code[start : start + 5] for start in range(0, len(code), 5))


def hours_in_words(hours: Decimal | str) -> str:
    """“6”, “1.5” or “0.75”, in the numbers of the language."""
    value = Decimal(hours)
    return number_format(value.normalize() if value % 1 else value.to_integral_value())


def part_in_words(part: str) -> str:
    return capfirst(str(Appearance.Part(part).label) if part in Appearance.Part else _("participant"))
