"""Finds what runs at the same time by going once through slots in order of time, not by comparing each with each."""

from bisect import insort
from collections.abc import Callable, Iterable, Iterator

from sessions.conflicts.draft import Timed

Weight = tuple[bool, ...]


def meetings(
    slots: Iterable[Timed],
    matters: Callable[[Timed, Timed], bool],
    weight: Callable[[Timed], Weight] = lambda slot: (),
) -> Iterator[tuple[Timed, Timed]]:
    """Each slot that begins while another runs, with the one of those that matter to it that it should be told of.

    In: slots in order of their start. That one is the weightiest, and among those the one that runs longest.
    Slots that only touch do not meet.
    """
    running: list[tuple[Weight, Timed, Timed]] = []  # weight, end, slot; the weightiest last
    for slot in slots:
        running = [one for one in running if one[1] > slot.starts_at]
        other = next((one[2] for one in reversed(running) if matters(one[2], slot)), None)
        if other:
            yield other, slot
        insort(running, (weight(slot), slot.ends_at, slot), key=lambda one: one[:2])


def is_family(one: Timed, other: Timed) -> bool:
    """The same session, or a session and its part: to meet is what they are for."""
    first, second = one.session, other.session
    return first.pk == second.pk or first.part_of_id == second.pk or second.part_of_id == first.pk
