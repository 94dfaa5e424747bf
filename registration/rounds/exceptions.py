"""Why a choice is not saved, a place not given, or a result not published."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from registration.exceptions import Refusal
from registration.moments import moment_words

if TYPE_CHECKING:
    from registration.models import Round


class RoundRefusal(Refusal):
    def __init__(self, round_: "Round") -> None:
        super().__init__(round_)
        self.round = round_


class ChosenByRank(RoundRefusal):
    def __str__(self) -> str:
        if not self.round.is_over():
            text = _(
                "Places in this workshop are given by ranked choice: put the workshops of “%(round)s” in your order."
            )
        else:
            text = _(
                "Places in this workshop are given by ranked choice. The choice is closed, and the result of “%(round)s” is not published yet."
            )
        return text % {"round": self.round.name}  # fmt: skip


class RoundNotOpen(RoundRefusal):
    """First come, first served, but not yet or no longer."""

    def __init__(self, round_: "Round", at: datetime) -> None:
        super().__init__(round_)
        self.is_early = bool(round_.opens_at and at < round_.opens_at)

    def __str__(self) -> str:
        moment = self.round.opens_at if self.is_early else self.round.closes_at
        text = (
            _("The workshops of “%(round)s” can be booked from %(moment)s on.")
            if self.is_early
            else _("The workshops of “%(round)s” could be booked until %(moment)s.")
        )
        return (
            text % {"round": self.round.name, "moment": moment_words(moment, self.round.edition)}
            if moment
            else ""
        )


class RankingClosed(RoundNotOpen):
    def __str__(self) -> str:
        moment = self.round.opens_at if self.is_early else self.round.closes_at
        text = (
            _("You can choose from %(moment)s on. Nothing was saved.")
            if self.is_early
            else _(
                "The choice closed on %(moment)s. This was not saved any more; what you had saved before counts."
            )
        )
        return text % {"moment": moment_words(moment, self.round.edition)} if moment else ""


class RankingChanged(Refusal):
    """Somebody with two windows: the one did not know what the other had saved."""

    def __str__(self) -> str:
        return _(
            "Your order was changed meanwhile in another window, so this one was not saved. "
            "Look at it below: save it, or load the page anew to see the other."
        )


class NotRankedChoice(Refusal):
    def __str__(self) -> str:
        return _("Places of this round are given first come, first served.")


class AlreadyPublished(Refusal):
    def __str__(self) -> str:
        return _("The result of this round is published already.")


class ComputedTooEarly(Refusal):
    def __str__(self) -> str:
        return _("This was computed while people could still change their choice. Compute it again after the round closed.")  # fmt: skip


class CannotBeFixed(Refusal):
    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words

    def __str__(self) -> str:
        return self.words
