"""The rounds of ranked choice of an edition, as one person finds them among their workshops."""

from dataclasses import dataclass
from datetime import datetime

from django import template

from conference import clock
from conference.models import Edition
from registration import moments
from registration.models import Preference, Registration, Round

register = template.Library()


@dataclass(frozen=True)
class OwnRound:
    round: Round
    ranked: int  # workshops in their order
    is_open: bool
    is_over: bool


@register.simple_tag
def rounds_of(registration: Registration) -> list[OwnRound]:
    """Those with ranked choice, in order, in two queries."""
    if not registration.is_confirmed:
        return []
    at = clock.now()
    rounds = list(Round.objects.filter(edition=registration.edition_id, way=Round.Way.RANKED))
    ranked = list(
        Preference.objects.filter(registration=registration, choice__round__in=rounds).values_list(
            "choice__round", flat=True
        )
        if rounds
        else []
    )
    return [
        OwnRound(round_, ranked.count(round_.pk), round_.is_open(at), round_.is_over(at)) for round_ in rounds
    ]


@register.filter
def moment_words(moment: datetime, edition: Edition) -> str:
    """The moment by the edition's clock, its seconds only where they count."""
    return moments.moment_words(moment, edition)
