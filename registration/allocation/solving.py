"""Places everyone at once: as many people as can be, then the worst rank as good as can be, then the sum of ranks.

People and workshops with places make a transportation problem, the assignment problem with several places on one
side (F. L. Hitchcock, "The distribution of a product from several sources to numerous localities", 1941). Its matrix
is totally unimodular (A. J. Hoffman and J. B. Kruskal, 1956), so the linear programme that SciPy hands to HiGHS has
whole people in its corners. The aims are pursued one after the other: the number placed by a maximum flow, the worst
rank by the smallest one with which that flow is still reached, the sum of ranks by a linear programme. Among all
results that are equally good so far (complementary slackness says which pairs they can use), the one with the
smallest sum of lots is taken; a lot belongs to a person and a workshop and comes from the seed by SHA-256, so that
the result depends on no programme and no order of rows.

A workshop with fewer people than its minimum is closed, the one that lacks most first (equals by lot), and
everything is computed anew without it. One in which an organiser fixed somebody stays open.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable

from registration.allocation.network import Network
from registration.allocation.problem import NOWHERE, Choice, Person, Placement, Problem, Result

LOT_BITS = 24


def lot(seed: str, *names: str) -> int:
    """A number below 2**24: the first three bytes of SHA-256 over seed and names, separated by line ends."""
    return int.from_bytes(hashlib.sha256("\n".join([seed, *names]).encode()).digest()[: LOT_BITS // 8])


def allocate(problem: Problem) -> Result:
    """Everyone's place. The same problem always gives the same result, whatever the order of people and workshops."""
    fixed = Counter(person.fixed for person in problem.people if person.fixed)
    people = sorted(
        (person for person in problem.people if person.fixed is None), key=lambda person: person.id
    )
    workshops = sorted(problem.workshops, key=lambda choice: choice.id)
    closed: list[str] = []
    while True:
        running = [choice for choice in workshops if choice.id not in closed]
        placed = place(people, running, fixed, problem.seed)
        short = lacking(running, fixed, Counter(placed.values()))
        if not short:
            return said(problem, placed, closed)
        # The smallest lot last, so that it is the one taken among those that lack equally many.
        closed.append(max(short, key=lambda name: (short[name], -lot(problem.seed, name), name)))


def lacking(running: Iterable[Choice], fixed: Counter[str], placed: Counter[str]) -> dict[str, int]:
    """How many people each workshop lacks that will not take place."""
    missing = {choice.id: choice.minimum - placed[choice.id] for choice in running if not fixed[choice.id]}
    return {name: count for name, count in missing.items() if count > 0}


def place(people: list[Person], running: list[Choice], fixed: Counter[str], seed: str) -> dict[str, str]:
    """The workshop of each person who gets one, by their ids."""
    number = {choice.id: index for index, choice in enumerate(running)}
    ranked = [
        [(number[name], rank) for rank, name in enumerate(person.ranking, start=1) if name in number]
        for person in people
    ]
    choosers = [(person, wishes) for person, wishes in zip(people, ranked, strict=True) if wishes]
    if not choosers:
        return {}
    network = Network(
        wishes=[wishes for _person, wishes in choosers],
        lots=[{w: lot(seed, person.id, running[w].id) for w, _rank in wishes} for person, wishes in choosers],
        left_out=[lot(seed, person.id, NOWHERE) for person, _wishes in choosers],
        places=[free(choice, fixed[choice.id], len(choosers)) for choice in running],
    )
    return {
        person.id: running[w].id
        for (person, _wishes), w in zip(choosers, network.best(), strict=True)
        if w is not None
    }


def free(choice: Choice, fixed: int, most: int) -> int:
    """Places left beside those fixed by hand, which may overbook; never more than there are people."""
    return most if choice.capacity is None else min(most, max(0, choice.capacity - fixed))


def said(problem: Problem, placed: dict[str, str], closed: list[str]) -> Result:
    places = {person.id: placement_of(person, placed, closed) for person in problem.people}
    filled = Counter(one.workshop for one in places.values() if one.workshop)
    return Result(places, tuple(closed), filled)


def placement_of(person: Person, placed: dict[str, str], closed: list[str]) -> Placement:
    rank = {name: number for number, name in enumerate(person.ranking, start=1)}
    if person.fixed is not None:
        return Placement(person.fixed or None, rank.get(person.fixed), "fixed")
    if name := placed.get(person.id):
        return Placement(name, rank[name], "ranked")
    if not person.ranking:
        return Placement(None, None, "clash")
    return Placement(None, None, "closed" if set(person.ranking) <= set(closed) else "full")
