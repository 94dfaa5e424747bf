"""What an allocation is given and what it says: plain data that can be written down and read back."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

NOWHERE = ""  # fixed by an organiser to have no place


@dataclass(frozen=True)
class Person:
    """Somebody who chose: workshop ids from the one wanted most, none twice. Fixed: a workshop id, or NOWHERE."""

    id: str
    ranking: tuple[str, ...] = ()
    fixed: str | None = None


@dataclass(frozen=True)
class Choice:
    """A workshop with places that are still to give (None: no limit) and the fewest people it takes place with."""

    id: str
    capacity: int | None = None
    minimum: int = 0


@dataclass(frozen=True)
class Problem:
    """People and workshops of one round, and the seed that decides between equals.

    Raises ValueError when an id comes twice, a ranking names something twice or unknown, or a number is negative.
    """

    people: tuple[Person, ...]
    workshops: tuple[Choice, ...]
    seed: str = ""

    def __post_init__(self) -> None:
        known = {choice.id for choice in self.workshops}
        if len(known) < len(self.workshops) or len({person.id for person in self.people}) < len(self.people):
            raise ValueError("An id comes twice.")
        for person in self.people:
            if len(set(person.ranking)) < len(person.ranking) or not known.issuperset(person.ranking):
                raise ValueError(f"The ranking of {person.id} names a workshop twice, or an unknown one.")
            if person.fixed and person.fixed not in known:
                raise ValueError(f"{person.id} is fixed in an unknown workshop.")
        if any(choice.minimum < 0 or (choice.capacity or 0) < 0 for choice in self.workshops):
            raise ValueError("A number of places is negative.")

    def as_json(self) -> dict[str, Any]:
        return {
            "seed": self.seed,
            "workshops": [
                {"id": choice.id, "capacity": choice.capacity, "minimum": choice.minimum}
                for choice in self.workshops
            ],
            "people": [
                {"id": person.id, "ranking": list(person.ranking)}
                | ({} if person.fixed is None else {"fixed": person.fixed})
                for person in self.people
            ],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Problem":
        """Raises KeyError, TypeError or ValueError for what `as_json` did not write."""
        return cls(
            people=tuple(
                Person(str(one["id"]), tuple(map(str, one["ranking"])), one.get("fixed"))
                for one in data["people"]
            ),
            workshops=tuple(
                Choice(str(one["id"]), one["capacity"], int(one["minimum"])) for one in data["workshops"]
            ),
            seed=str(data["seed"]),
        )


@dataclass(frozen=True)
class Placement:
    """Where a person is: a workshop with its rank (None if they had not ranked it), or nowhere and why.

    Reasons: ranked; fixed by hand; full (each workshop they ranked is); closed (none of them takes place);
    clash (nothing is left in their ranking).
    """

    workshop: str | None
    rank: int | None
    reason: str


@dataclass(frozen=True)
class Result:
    places: dict[str, Placement]
    closed: tuple[str, ...] = ()  # in the order in which they were closed for lack of people
    filled: Counter[str] = field(default_factory=Counter)  # people by workshop

    def as_json(self) -> dict[str, Any]:
        return {
            "closed": list(self.closed),
            "places": {
                person: {"workshop": place.workshop, "rank": place.rank, "reason": place.reason}
                for person, place in self.places.items()
            },
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Result":
        places = {person: Placement(**place) for person, place in data["places"].items()}
        filled = Counter(place.workshop for place in places.values() if place.workshop)
        return cls(places, tuple(data["closed"]), filled)
