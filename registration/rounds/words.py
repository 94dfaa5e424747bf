"""Ranks and reasons in plain words."""

from collections.abc import Mapping

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registration.models import AllocatedPlace
from registration.rounds.explaining import (
    CLASH,
    CLOSED,
    DRAWN,
    FIXED,
    GONE,
    NOWHERE_ELSE,
    WANTED_MORE,
    Missed,
)

Reason = AllocatedPlace.Reason


def rank_words(rank: int) -> str:
    """First choice, second choice, third choice, choice number 4."""
    names = {1: _("first choice"), 2: _("second choice"), 3: _("third choice")}
    return names.get(rank) or _("choice number %(rank)s") % {"rank": rank}


def missed_words(missed: Missed, titles: Mapping[str, str]) -> str:
    """One sentence about one workshop that was wanted more."""
    title = titles.get(missed.workshop, _("a workshop that is gone"))
    about = {"rank": rank_words(missed.rank), "title": title}
    if missed.cause == CLASH:
        return _("%(rank)s, “%(title)s”: at that time there was already a place elsewhere.") % about
    if missed.cause == GONE:
        return _("%(rank)s, “%(title)s”: it does not take place.") % about
    if missed.cause == CLOSED:
        return (
            _("%(rank)s, “%(title)s”: it does not take place, because too few people would have been in it.")
            % about
        )
    if not missed.holders:
        return _("%(rank)s, “%(title)s”: it has no places.") % about
    about |= {"wanted": wanted_words(missed.wanted_first), "holders": holders_words(missed.holders)}
    return _("%(rank)s, “%(title)s”: %(wanted)s, and all places are taken: %(holders)s.") % about


def wanted_words(count: int) -> str:
    words = ngettext("%(count)s person wanted it most", "%(count)s people wanted it most", count)
    return words % {"count": count}


def holders_words(holders: Mapping[str, int]) -> str:
    said = [claim_words(claim, holders[claim]) for claim in CLAIMS if holders.get(claim)]
    return get_text_list(said, _("and"))


CLAIMS = (FIXED, NOWHERE_ELSE, WANTED_MORE, DRAWN)


def claim_words(claim: str, count: int) -> str:
    words: dict[str, str] = {
        FIXED: ngettext(
            "%(count)s was placed by an organiser", "%(count)s were placed by an organiser", count
        ),
        NOWHERE_ELSE: ngettext(
            "%(count)s would have had no place anywhere else",
            "%(count)s would have had no place anywhere else",
            count,
        ),
        WANTED_MORE: ngettext(
            "%(count)s would have lost more by an exchange",
            "%(count)s would have lost more by an exchange",
            count,
        ),
        DRAWN: ngettext(
            "%(count)s had an equal claim, and the draw with the published seed decided",
            "%(count)s had an equal claim, and the draw with the published seed decided",
            count,
        ),
    }
    return words[claim] % {"count": count}


def place_words(place: AllocatedPlace) -> str:
    """What somebody got, in a few words: “first choice”, “fixed by an organiser”, or why nothing."""
    if place.choice_id and place.reason == Reason.RANKED and place.rank:
        return rank_words(place.rank)
    return str(place.get_reason_display())
