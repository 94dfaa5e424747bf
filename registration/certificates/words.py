"""Numbers and parts of a certificate as people read them."""

import re
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from sessions.models import Appearance

LONGEST_WORD = 24  # letters; a longer one may go on in the next line
ZERO_WIDTH_SPACE = "\u200b"


def breakable(text: str) -> str:
    """The same words; where one is longer than a line may be, it can be broken."""
    return re.sub(rf"(\S{{{LONGEST_WORD}}})(?=\S)", rf"\1{ZERO_WIDTH_SPACE}", text)


def grouped(code: str) -> str:
    """In parts that can be read and typed."""
    return "-".join(code[start : start + 5] for start in range(0, len(code), 5))


def hours_in_words(hours: Decimal | str) -> str:
    """“6”, “1.5” or “0.75”, in the numbers of the language."""
    value = Decimal(hours)
    return number_format(value.normalize() if value % 1 else value.to_integral_value())


def part_in_words(part: str) -> str:
    return capfirst(str(Appearance.Part(part).label) if part in Appearance.Part else _("participant"))
