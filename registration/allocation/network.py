"""The arithmetic of an allocation: numbered people, numbered workshops, and the pairs between them."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import OptimizeResult, linprog
from scipy.sparse import coo_array, csr_array, vstack
from scipy.sparse.csgraph import maximum_flow

Ints = NDArray[np.int64]
HALF = 0.5  # what should be whole is read with this much room


@dataclass(frozen=True)
class Network:
    """For each person: the workshops they wish with the rank, a lot for each of them, and one for being left out.

    `places` says how many each workshop has. Everyone wishes at least one.
    """

    wishes: list[list[tuple[int, int]]]
    lots: list[dict[int, int]]
    left_out: list[int]
    places: list[int]

    @cached_property
    def person(self) -> Ints:
        return np.array([p for p, wishes in enumerate(self.wishes) for _wish in wishes])

    @cached_property
    def workshop(self) -> Ints:
        return np.array([w for wishes in self.wishes for w, _rank in wishes])

    @cached_property
    def rank(self) -> Ints:
        return np.array([rank for wishes in self.wishes for _w, rank in wishes])

    @cached_property
    def lot(self) -> Ints:
        return np.array(
            [lots[w] for lots, wishes in zip(self.lots, self.wishes, strict=True) for w, _r in wishes]
        )

    def best(self) -> list[int | None]:
        """The workshop of each person, None for whoever gets none."""
        placed = self.most(self.rank > 0)
        worst = next(rank for rank in np.unique(self.rank) if self.most(self.rank <= rank) == placed)
        usable = self.rank <= worst
        pairs = self.smallest(usable, placed)
        chosen: list[int | None] = [None] * len(self.wishes)
        for pair in pairs:
            chosen[int(self.person[pair])] = int(self.workshop[pair])
        return chosen

    def most(self, usable: NDArray[np.bool_]) -> int:
        """How many people can be placed at once through these pairs."""
        people, count = len(self.wishes), len(self.wishes) + len(self.places)
        source, sink = count, count + 1
        person, workshop = self.person[usable], self.workshop[usable] + people
        tails = np.concatenate([np.full(people, source), person, np.arange(people, count)])
        heads = np.concatenate([np.arange(people), workshop, np.full(len(self.places), sink)])
        limits = np.concatenate([np.ones(people + len(person)), self.places]).astype(np.int32)
        graph = csr_array((limits, (tails, heads)), shape=(count + 2, count + 2))
        return int(maximum_flow(graph, source, sink).flow_value)

    def smallest(self, usable: NDArray[np.bool_], placed: int) -> Ints:
        """The pairs of the result: smallest sum of ranks with so many placed, then the smallest sum of lots."""
        # Being left out is one more pair of each person; so many use it as cannot be placed.
        pairs = np.flatnonzero(usable)
        people, left = len(self.wishes), len(self.wishes) - placed
        person = np.concatenate([self.person[pairs], np.arange(people)])
        workshop = np.concatenate([self.workshop[pairs], np.full(people, len(self.places))])
        ranks = np.concatenate([self.rank[pairs], np.zeros(people, dtype=np.int64)])
        lots = np.concatenate([self.lot[pairs], np.array(self.left_out)])
        places = np.array([*self.places, left])
        by_rank = transport(ranks, person, workshop, people, places)
        # Every result as good as this one uses only pairs without extra cost, and fills what has a price.
        price = -by_rank.ineqlin.marginals
        extra = ranks - by_rank.eqlin.marginals[person] + price[workshop]
        still = np.flatnonzero(extra < HALF)
        by_lot = transport(lots[still], person[still], workshop[still], people, places, is_tight=price > HALF)
        used = still[by_lot.x > HALF]
        return pairs[used[used < len(pairs)]]


def transport(
    costs: Ints,
    person: Ints,
    workshop: Ints,
    people: int,
    places: Ints,
    is_tight: NDArray[np.bool_] | None = None,
) -> OptimizeResult:
    """Everyone uses one pair, no workshop more than its places, tight ones all of them; at the least cost."""
    pairs = np.arange(len(costs))
    ones = np.ones(len(costs))
    each = coo_array((ones, (person, pairs)), shape=(people, len(costs)))
    full = csr_array((ones, (workshop, pairs)), shape=(len(places), len(costs)))
    tight = np.zeros(len(places), dtype=bool) if is_tight is None else is_tight
    found = linprog(
        costs,
        A_ub=full[~tight] if not tight.all() else None,
        b_ub=places[~tight] if not tight.all() else None,
        A_eq=vstack([each, full[tight]]) if tight.any() else each,
        b_eq=np.concatenate([np.ones(people), places[tight]]),
        bounds=(0, None),
        method="highs-ds",  # the simplex method ends in a corner
    )
    if not found.success:
        raise ArithmeticError(found.message)
    return found
