"""Which numbers are shown: none from 1 to 4 of people, and none from which such a number could be computed.

Pure. Categories that are too small go together with others until five people or more are in at least two of them;
which these are stays unsaid. Of two numbers that make up a known one, both are hidden when either is small. An hour
is shown only when no hidden session can be computed from it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

LEAST = 5
Key = TypeVar("Key")


def is_small(count: int) -> bool:
    return 0 < count < LEAST


def merged(counts: Mapping[Key, int]) -> tuple[list[tuple[Key, int]], int]:
    """The categories that may be shown, largest first, and how many people are in the others together.

    Where that is fewer than five people in all, nothing is shown and the second number is 0.
    """
    found = sorted(((key, count) for key, count in counts.items() if count), key=lambda pair: -pair[1])
    hidden = [count for _key, count in found if count < LEAST]
    shown = found[: len(found) - len(hidden)]
    while hidden and shown and (len(hidden) < 2 or sum(hidden) < LEAST):
        hidden.append(shown.pop()[1])
    together = sum(hidden)
    return shown, together if together >= LEAST else 0


def both(one: int, other: int) -> bool:
    """Whether two numbers that make up a known one may be shown."""
    return not is_small(one) and not is_small(other)


@dataclass(frozen=True)
class Veiled:
    """A number that is not shown, and between which bounds whoever reads the page knows it to be."""

    lowest: int
    highest: int


def can_be_told(rest: int, veiled: Iterable[Veiled]) -> bool:
    """Whether any of these numbers follows when their sum is known, or their sum cannot be."""
    numbers = list(veiled)
    lowest, highest = sum(one.lowest for one in numbers), sum(one.highest for one in numbers)
    if len(numbers) < 2 or not lowest < rest < highest:
        return True
    return any(
        max(one.lowest, rest - (highest - one.highest)) >= min(one.highest, rest - (lowest - one.lowest))
        for one in numbers
    )


def hours_shown(
    hours: Mapping[Key, tuple[int, frozenset[int]]], known: Mapping[int, int], veiled: Mapping[int, Veiled]
) -> set[Key]:
    """The hours whose number may be shown.

    Each hour: how many people, and its sessions. A session is known by its number, or veiled. Two hours that are
    shown have no hidden session in common: then each sum stands alone, and is checked.
    """
    shown: set[Key] = set()
    used: frozenset[int] = frozenset()
    for hour, (count, sessions) in hours.items():
        hidden = frozenset(sessions & veiled.keys())
        rest = count - sum(known.get(session, 0) for session in sessions - hidden)
        is_apart = not hidden & used
        if is_small(count) or hidden and (not is_apart or can_be_told(rest, (veiled[one] for one in hidden))):
            continue
        used |= hidden
        shown.add(hour)
    return shown
