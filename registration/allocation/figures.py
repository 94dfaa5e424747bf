"""How good an allocation is, and why a person did not get what they wanted more."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from registration.allocation.problem import Problem, Result


@dataclass(frozen=True)
class Figures:
    people: int  # who ranked something or was fixed
    placed: int
    by_rank: dict[int, int]  # people by the rank they got
    fixed: int
    unplaced: dict[str, int]  # people without a place, by reason
    worst_rank: int | None
    sum_of_ranks: int

    def as_json(self) -> dict[str, Any]:
        return {
            "people": self.people,
            "placed": self.placed,
            "by_rank": {str(rank): count for rank, count in self.by_rank.items()},
            "fixed": self.fixed,
            "unplaced": self.unplaced,
            "worst_rank": self.worst_rank,
            "sum_of_ranks": self.sum_of_ranks,
        }


def figures(problem: Problem, result: Result) -> Figures:
    places = [result.places[person.id] for person in problem.people]
    ranks = Counter(place.rank for place in places if place.workshop and place.rank)
    return Figures(
        people=len(places),
        placed=sum(place.workshop is not None for place in places),
        by_rank=dict(sorted(ranks.items())),
        fixed=sum(place.reason == "fixed" for place in places),
        unplaced=dict(Counter(place.reason for place in places if place.workshop is None)),
        worst_rank=max(ranks, default=None),
        sum_of_ranks=sum(rank * count for rank, count in ranks.items()),
    )


@dataclass(frozen=True)
class Better:
    """A workshop that a person wanted more than what they got, and what became of it."""

    workshop: str
    rank: int  # theirs
    is_closed: bool
    taken_by_rank: dict[int, int]  # who got a place there: people by the rank they had given it
    fixed: int  # places there that an organiser gave by hand


def why(problem: Problem, result: Result, person_id: str) -> tuple[Better, ...]:
    """Every workshop the person ranked before the one they got; all they ranked, if they got none."""
    person = next(one for one in problem.people if one.id == person_id)
    place = result.places[person_id]
    better = person.ranking[: place.rank - 1] if place.rank else person.ranking
    return tuple(
        Better(
            workshop=name,
            rank=rank,
            is_closed=name in result.closed,
            taken_by_rank=taken(result, name),
            fixed=sum(one.workshop == name and one.reason == "fixed" for one in result.places.values()),
        )
        for rank, name in enumerate(better, start=1)
    )


def taken(result: Result, workshop: str) -> dict[int, int]:
    ranks = Counter(
        place.rank
        for place in result.places.values()
        if place.workshop == workshop and place.reason == "ranked" and place.rank
    )
    return dict(sorted(ranks.items()))
