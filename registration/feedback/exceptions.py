"""Why feedback is not taken, in words for whoever gave it."""

from django.utils.translation import gettext as _

from registration.exceptions import Refusal


class FeedbackNotOpen(Refusal):
    def __str__(self) -> str:
        return _("Feedback is not asked for at this moment.")


class NotThere(Refusal):
    def __str__(self) -> str:
        return _("Feedback is asked of those who had a place.")


class AnsweredAlready(Refusal):
    def __str__(self) -> str:
        return _("You have answered already. Thank you!")
