"""An address of mail is one word, and all of it is seen: nothing in it turns, joins or hides what stands beside it."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

UNSEEN = {"Cc", "Cf", "Zl", "Zp", "Zs"}  # categories of Unicode: controls, formats, separators


def refuse_hidden_signs(address: str) -> None:
    """Django lets every sign above ASCII stand in a domain."""
    if any(unicodedata.category(sign) in UNSEEN for sign in address):
        raise ValidationError(_("Write the address without spaces and hidden characters."))
