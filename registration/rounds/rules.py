"""What a round says about booking one of its workshops directly."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from registration.exceptions import Refusal
from registration.models import Round, RoundWorkshop
from registration.rounds.exceptions import ChosenByRank, RoundNotOpen
from sessions.models import Session


def rounds_of(workshop_ids: Iterable[int]) -> dict[int, Round]:
    """The round of each workshop that stands in one, by the workshop's pk; one query."""
    rows = RoundWorkshop.objects.filter(workshop__in=list(workshop_ids)).select_related("round__edition")
    return {row.workshop_id: row.round for row in rows}


def refusal_of_booking(workshop: Session, at: datetime) -> Refusal | None:
    """Why this workshop cannot be booked directly now, if its round says so."""
    round_ = rounds_of([workshop.pk]).get(workshop.pk)
    return refusal_of(round_, at) if round_ else None


def refusal_of(round_: Round, at: datetime) -> Refusal | None:
    if round_.is_ranked:
        return ChosenByRank(round_) if round_.is_by_rank else None
    return None if round_.is_open(at) else RoundNotOpen(round_, at)


def workshops_beside(workshop_id: int) -> QuerySet[RoundWorkshop, int]:
    """The others of its round: nobody has a place in two of them."""
    rows = RoundWorkshop.objects.filter(round__choices__workshop=workshop_id).exclude(workshop=workshop_id)
    return rows.values_list("workshop", flat=True)
