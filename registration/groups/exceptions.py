"""Why groups cannot be changed in this way, in words that can be shown to the organiser."""

from django.utils.translation import gettext as _

from registration.exceptions import Refusal


class NotDealtYet(Refusal):
    def __str__(self) -> str:
        return _("Deal the people out first; then there is something to publish.")


class NoGroups(Refusal):
    def __str__(self) -> str:
        return _("This session has no groups yet. Add them first.")


class CannotMerge(Refusal):
    def __str__(self) -> str:
        return _("These two groups cannot be merged: they sit together already, or one of them is gone.")


class GroupGone(Refusal):
    def __str__(self) -> str:
        return _("This group is gone. Look at the page again.")


class OutcomesLocked(Refusal):
    def __str__(self) -> str:
        return _("These outcomes are handed in or approved, so they cannot be changed here now.")


class TooManyOutcomes(Refusal):
    def __str__(self) -> str:
        return _("There are as many rows as this page can take. Remove one, or put two together.")


class NothingToHandIn(Refusal):
    def __str__(self) -> str:
        return _("There is nothing to hand in yet.")


class NobodyToWriteTo(Refusal):
    def __str__(self) -> str:
        return _("There is nobody to write to.")
