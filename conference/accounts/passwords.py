"""Password rules beyond Django's own: not longer than can be hashed in peace, not the name of the place."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MAXIMUM = 128
DIFFERENT = 5
CONTEXT_WORDS = ("conference", "conferentie", "mechelen", "password", "wachtwoord", "enspired", "workshop")


class MaximumLengthValidator:
    def validate(self, password: str, user: object = None) -> None:
        if len(password) > MAXIMUM:
            raise ValidationError(self.get_help_text(), code="password_too_long")

    def get_help_text(self) -> str:
        return _("A password has at most %(maximum)s characters.") % {"maximum": MAXIMUM}


class ContextWordsValidator:
    """Refuses a password that is little more than words anyone would try here."""

    def validate(self, password: str, user: object = None) -> None:
        rest = re.sub("|".join(CONTEXT_WORDS), "", password.lower())
        if len(re.sub(r"[\W\d_]", "", rest)) < 4 and rest != password.lower():
            raise ValidationError(self.get_help_text(), code="password_of_context_words")

    def get_help_text(self) -> str:
        return _("A password is not made of words such as “conference” or “workshop” alone.")


class VarietyValidator:
    """Refuses the same few characters over and over."""

    def validate(self, password: str, user: object = None) -> None:
        if len(set(password.lower())) < DIFFERENT:
            raise ValidationError(self.get_help_text(), code="password_monotonous")

    def get_help_text(self) -> str:
        return _("A password has at least %(number)s different characters.") % {"number": DIFFERENT}
