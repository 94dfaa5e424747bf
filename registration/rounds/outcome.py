"""A published result: for one person what they got and why, for everybody the figures and the data."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from registration.allocation import Problem, Result, figures
from registration.models import (
    AllocatedPlace,
    Allocation,
    Registration,
    Round,
    RoundWorkshop,
    WorkshopBooking,
)
from registration.rounds.explaining import Explainer
from registration.rounds.posing import person_id
from registration.rounds.words import missed_words, rank_words
from registration.services.ranking import ranking_of
from sessions.models import Session

METHOD = (
    "most people placed, then the best worst rank, then the smallest sum of ranks, then the lots of the seed"
)


@dataclass(frozen=True)
class Filled:
    """One workshop after an allocation."""

    workshop: Session
    capacity: int | None
    minimum: int
    placed: int
    wanted_first: int
    wanted: int
    is_closed: bool
    choice: int = 0


def problem_of(allocation: Allocation) -> Problem:
    return Problem.from_json(allocation.problem)


def result_of(allocation: Allocation) -> Result:
    return Result.from_json(allocation.report)


def published_of(round_: Round) -> Allocation:
    return round_.allocations.get(published_at__isnull=False)  # type: ignore[attr-defined,no-any-return]


def titles_in(round_: Round) -> dict[str, str]:
    rows = RoundWorkshop.objects.filter(round=round_).select_related("workshop")
    return {str(row.pk): row.workshop.title for row in rows}


def filled_in(allocation: Allocation) -> list[Filled]:
    """Every workshop that was given places, in the order of the programme."""
    problem, result = problem_of(allocation), result_of(allocation)
    rows = RoundWorkshop.objects.filter(round=allocation.round_id).select_related("workshop__edition")
    first = Counter(person.ranking[0] for person in problem.people if person.ranking)
    wanted = Counter(name for person in problem.people for name in person.ranking)
    running = {choice.id: choice for choice in problem.workshops}
    return [
        Filled(
            workshop=row.workshop,
            capacity=running[key].capacity,
            minimum=running[key].minimum,
            placed=result.filled[key],
            wanted_first=first[key],
            wanted=wanted[key],
            is_closed=key in result.closed,
            choice=row.pk,
        )
        for row in rows.order_by("workshop__position", "workshop__number", "pk")
        if (key := str(row.pk)) in running
    ]


def ranks_in(allocation: Allocation) -> list[tuple[str, int]]:
    """How many got their first choice, second choice and so on, then those placed by hand, and those without."""
    rows = list(allocation.places.values_list("choice", "rank", "reason"))  # type: ignore[attr-defined]
    counts = Counter(rank for choice, rank, _reason in rows if choice and rank)
    return [(rank_words(rank), counts[rank]) for rank in sorted(counts)]


def outcome_of(round_: Round) -> dict[str, Any]:
    allocation = published_of(round_)
    problem, result = problem_of(allocation), result_of(allocation)
    return {
        "round": round_,
        "allocation": allocation,
        "figures": figures(problem, result),
        "nowhere": allocation.places.filter(choice=None).count(),  # type: ignore[attr-defined]
        "ranks": ranks_in(allocation),
        "filled": filled_in(allocation),
    }


def data_of(round_: Round) -> dict[str, Any]:
    """The file for `manage.py recompute_allocation`: the problem, the result, and which id is which workshop."""
    allocation = published_of(round_)
    return {
        "edition": round_.edition.slug,
        "round": round_.name,
        "method": METHOD,
        "titles": titles_in(round_),
        "problem": allocation.problem,
        "result": allocation.report,
    }


def own_outcome(registration: Registration, round_: Round) -> dict[str, Any]:
    """What this person got, why nothing better, and how it stands today."""
    allocation = published_of(round_)
    place = AllocatedPlace.objects.filter(allocation=allocation, registration=registration)
    key = person_id(round_, registration)
    wishes = [str(pk) for pk in ranking_of(registration, round_)]
    titles = titles_in(round_)
    missed = Explainer(problem_of(allocation), result_of(allocation)).missed(key, wishes)
    bookings = WorkshopBooking.objects.active().filter(
        registration=registration, workshop__in_round__round=round_
    )
    return {
        "round": round_,
        "registration": registration,
        "place": place.select_related("choice__workshop").first(),
        "own_id": key,
        "missed": [missed_words(one, titles) for one in missed],
        "bookings": list(bookings.with_position().select_related("workshop").order_by("status", "pk")),
        "wishes": [titles[pk] for pk in wishes if pk in titles],
    }
