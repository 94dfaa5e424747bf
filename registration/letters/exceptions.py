"""Why a letter does not go."""

from django.utils.translation import gettext_lazy as _


class LetterRefused(Exception):  # noqa: N818
    """str() says why."""

    words = _("The letter or the people it is for were changed meanwhile. Look at it again.")

    def __str__(self) -> str:
        return str(self.words)


class NobodyToWriteTo(LetterRefused):
    words = _("Nobody would get this letter. Choose other people.")


class TooLate(LetterRefused):
    words = _("The letter is on its way or over: this cannot be done any more.")
