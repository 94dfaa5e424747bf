"""Why somebody did not get what they wanted more, worked out from the problem and its result; pure.

A full workshop is explained by what an exchange would have meant: for each person in it, what would have become of
both if the two had changed places. Whoever would have been left without a place, or would have lost more than the
other gains, stays; where nobody gains, the two had an equal claim and the draw decided.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from registration.allocation import Person, Problem, Result

CLASH, GONE, CLOSED, TAKEN = "clash", "gone", "closed", "taken"
FIXED, NOWHERE_ELSE, WANTED_MORE, DRAWN = "fixed", "nowhere_else", "wanted_more", "drawn"


@dataclass(frozen=True)
class Missed:
    """A workshop that somebody wanted more than what they got, and who or what stood before them."""

    workshop: str
    rank: int  # theirs, as they ranked it
    cause: str
    holders: dict[str, int]  # how many have a place there, by why they come first
    wanted_first: int = 0  # how many ranked it first


class Explainer:
    """For many people of one result: what is needed for each is looked up once."""

    def __init__(self, problem: Problem, result: Result) -> None:
        self.result = result
        self.people = {person.id: person for person in problem.people}
        self.running = {choice.id for choice in problem.workshops}
        self.inside: dict[str, list[Person]] = {}
        for person in problem.people:
            if workshop := result.places[person.id].workshop:
                self.inside.setdefault(workshop, []).append(person)
        self.worst = max((place.rank or 0 for place in result.places.values()), default=0)
        self.first = Counter(person.ranking[0] for person in problem.people if person.ranking)

    def missed(self, person_id: str, wishes: Sequence[str]) -> list[Missed]:
        """Everything they ranked before what they got, in their own order; nothing for whoever was fixed."""
        person = self.people.get(person_id)
        place = self.result.places.get(person_id)
        if person is None or place is None or place.reason == "fixed":
            return []
        better = wishes[: wishes.index(place.workshop)] if place.workshop in wishes else wishes
        return [self.one(person, place.workshop, name, rank) for rank, name in enumerate(better, start=1)]

    def one(self, person: Person, got: str | None, wanted: str, rank: int) -> Missed:
        if wanted not in self.running:
            return Missed(wanted, rank, GONE, {})
        if wanted not in person.ranking:
            return Missed(wanted, rank, CLASH, {})
        if wanted in self.result.closed:
            return Missed(wanted, rank, CLOSED, {})
        holders = Counter(self.claim(person, got, wanted, other) for other in self.inside.get(wanted, []))
        return Missed(wanted, rank, TAKEN, dict(holders), self.first[wanted])

    def claim(self, person: Person, got: str | None, wanted: str, other: Person) -> str:
        """Why this other person has a place there rather than the one who asks."""
        if other.fixed is not None:
            return FIXED
        if got is None:
            return WANTED_MORE if rank_in(other, wanted) < rank_in(person, wanted) else DRAWN
        if got not in other.ranking:
            return NOWHERE_ELSE
        now = rank_in(person, got) + rank_in(other, wanted)
        exchanged = rank_in(person, wanted) + rank_in(other, got)
        is_equal = exchanged == now and rank_in(other, got) <= self.worst
        return DRAWN if is_equal else WANTED_MORE


def rank_in(person: Person, workshop: str) -> int:
    return person.ranking.index(workshop) + 1
