"""Plays the log of one queue again: where it ends, and whether every step in it was right.

The rules: a place begins once, or again when it comes back from another kind of registration; each step starts where
the one before ended; whoever moves up was the head of the queue; nobody passes those who wait; more than the capacity
are confirmed only where an organiser placed them or the capacity was lowered.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from registration.models import Place, PlaceChange

Status = Place.Status
Reason = PlaceChange.Reason
# Who decides over a place and may thereby pass the queue, or fill what is full.
BY_HAND = {Reason.PLACED, Reason.ALLOCATED}


@dataclass
class Replay:
    """The places of one owner by their pk, as the log leaves them, and what in it cannot be."""

    status: dict[int, str] = field(default_factory=dict)
    number: dict[int, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def head(self) -> int | None:
        """Who is next."""
        waiting = [place for place, status in self.status.items() if status == Status.WAITING]
        return min(waiting, key=lambda place: (self.number[place], place), default=None)

    def confirmed(self) -> int:
        return sum(status == Status.CONFIRMED for status in self.status.values())


def replay(changes: Iterable[PlaceChange]) -> Replay:
    """All changes of one registration type or of one workshop, in the order in which they were written."""
    played = Replay()
    for change in changes:
        if change.reason == Reason.CAPACITY:
            continue
        place = change.booking_id or change.registration_id
        if place is None:
            continue  # the person was erased, and with them what they did
        played.wrong += [f"{change.pk}: {words}" for words in faults(played, change, place)]
        played.status[place], played.number[place] = change.after, change.queue_number
    return played


def faults(played: Replay, change: PlaceChange, place: int) -> list[str]:
    """What is wrong with this step, the places being as the steps before left them."""
    found = []
    stood = played.status.get(place, "")
    came_back = not change.before and stood == Status.CANCELLED  # from another kind of registration
    if stood != change.before and not came_back:
        found.append(f"begins at “{change.before}” and not at “{stood}”")
    if change.after == Status.CONFIRMED and change.before != Status.CONFIRMED:
        found += faults_of_confirming(played, change, place)
    return found


def faults_of_confirming(played: Replay, change: PlaceChange, place: int) -> list[str]:
    if change.reason in BY_HAND:
        return []
    found = []
    head = played.head()
    if change.reason == Reason.PROMOTED and head != place:
        found.append("moves up before the head of the queue")
    elif change.reason != Reason.PROMOTED and head is not None:
        found.append("passes those who wait")
    if change.capacity is not None and played.confirmed() >= change.capacity:
        found.append("is one more than there are places")
    return found
