"""Deals people out to groups by what they said of themselves: a pure function, the same for the same people.

Whoever observes goes to the observers; everybody else to the group that has their value, else to "everyone else".
Where several groups have it, to the one that is filled least. Nobody is left out because a group is full: a country
group is over-full then, which the organiser sees and mends by hand.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

VALUES, OTHERS, OBSERVERS = "values", "others", "observers"


@dataclass(frozen=True)
class Target:
    """A group, in the organiser's order: `home` is values, others or observers."""

    id: int
    home: str = VALUES
    values: frozenset[str] = frozenset()
    maximum: int | None = None

    def filling(self, count: int) -> tuple[bool, float, int]:
        """Sorts groups by how well they can take one more: those with room first, then by share, then by number."""
        if self.maximum is None:
            return False, 0.0, count
        return count >= self.maximum, count / max(1, self.maximum), count


@dataclass(frozen=True)
class Person:
    """Someone with the values of their answer; `kept` is the group in which they stay whatever they said."""

    id: int
    values: tuple[str, ...] = ()
    observes: bool = False
    kept: int | None = None


def deal(targets: Sequence[Target], people: Iterable[Person]) -> dict[int, int | None]:
    """The group of each person, both by id; None for whom no group is a home."""
    known = {target.id for target in targets}
    everyone = sorted(people, key=lambda person: person.id)
    placed: dict[int, int | None] = {person.id: person.kept for person in everyone if person.kept in known}
    counts = Counter(placed.values())
    for person in everyone:
        if person.id in placed:
            continue
        chosen = best_of(homes_for(person, targets), counts)
        placed[person.id] = chosen
        counts[chosen] += 1
    return placed


def homes_for(person: Person, targets: Sequence[Target]) -> list[Target]:
    """Observers among themselves if they have a group; else by value; else with everyone else."""
    observers = [target for target in targets if target.home == OBSERVERS]
    if person.observes and observers:
        return observers
    fitting = [target for target in targets if target.home == VALUES and target.values & set(person.values)]
    return fitting or [target for target in targets if target.home == OTHERS]


def best_of(targets: Sequence[Target], counts: Counter[int | None]) -> int | None:
    best = min(targets, key=lambda target: target.filling(counts[target.id]), default=None)
    return best.id if best else None
