"""Narrow a programme by links that can be shared: which items fit, and what there is to choose from.

Pure, but for the registry at the end: the app above says which sessions still have places.

In:  `Item`s, each with its traits ({"topic": {"peace", "media"}, …}) and the words that can be searched, and the
     `Asked` of an address. Values of one filter widen (this topic or that one), filters narrow (and this room).
Out: the items that fit, and for each filter its `Choice`s with the number of sessions behind each.
"""

import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

FILTERS = ("day", "track", "type", "language", "topic", "room", "places")
VIEWS = ("grid", "list", "rooms", "tracks")
MOST_VALUES = 12  # of one filter at once
LONGEST_VALUE = 120
LONGEST_SEARCH = 200
MOST_WORDS = 12
# Letters that stand for themselves in Unicode, but are typed without their stroke.
BARE_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"}
)


@lru_cache(maxsize=2048)
def bare(text: str) -> str:
    """Words as they are compared: without accents and capitals."""
    if text.isascii():
        return text.lower()
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in letters if not unicodedata.combining(c)).casefold().translate(BARE_LETTERS)


@dataclass(frozen=True)
class Asked:
    """What an address asks for; whatever else it says is left aside."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    search: str = ""
    view: str = VIEWS[0]
    keep: tuple[tuple[str, str], ...] = ()  # goes along in every link

    @classmethod
    def of(cls, query: QueryDict, keep: tuple[tuple[str, str], ...] = ()) -> "Asked":
        found = {name: tuple(dict.fromkeys(known_length(query.getlist(name)))) for name in FILTERS}
        if found["places"]:
            found["places"] = ("1",)
        search = " ".join(query.get("q", "")[:LONGEST_SEARCH].split())
        view = query.get("view", "")
        values = {name: chosen for name, chosen in found.items() if chosen}
        return cls(values, search, view if view in VIEWS else VIEWS[0], keep)

    @property
    def words(self) -> list[str]:
        return bare(self.search).split()[:MOST_WORDS]

    @property
    def is_narrow(self) -> bool:
        return bool(self.values or self.search)

    def pairs(self) -> list[tuple[str, str]]:
        """What an address must say to ask for this again, always in the same order."""
        said = [(name, value) for name in FILTERS for value in self.values.get(name, ())]
        if self.search:
            said.append(("q", self.search))
        if self.view != VIEWS[0]:
            said.append(("view", self.view))
        return [*said, *self.keep]

    def url(self) -> str:
        """The address of the same page that asks for this."""
        return f"?{urlencode(pairs)}" if (pairs := self.pairs()) else "./"

    def toggled(self, name: str, value: str) -> "Asked":
        """With this value if it was not asked for, without it if it was."""
        before = self.values.get(name, ())
        after = tuple(one for one in before if one != value) if value in before else (*before, value)
        values = {**self.values, name: after}
        return Asked({key: one for key, one in values.items() if one}, self.search, self.view, self.keep)

    def without_search(self) -> "Asked":
        return Asked(self.values, "", self.view, self.keep)

    def seen_as(self, view: str) -> "Asked":
        return Asked(self.values, self.search, view, self.keep)

    def cleared(self) -> "Asked":
        return Asked({}, "", self.view, self.keep)


def known_length(values: list[str]) -> list[str]:
    return [value for value in values if value and len(value) <= LONGEST_VALUE][:MOST_VALUES]


@dataclass
class Item:
    """Something that can be asked for. `what` is handed through untouched; `key` tells what counts as one."""

    key: Any
    what: Any
    traits: Mapping[str, Collection[str]]
    words: str = ""  # bare
    is_counted: bool = True


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    count: int
    is_chosen: bool
    url: str  # with this choice made, or taken back


@dataclass
class Found:
    items: list[Item] = field(default_factory=list)
    counts: dict[str, dict[str, set[Any]]] = field(default_factory=dict)  # filter, value: keys

    @property
    def number(self) -> int:
        return len({item.key for item in self.items if item.is_counted})


def search(items: Iterable[Item], asked: Asked) -> Found:
    """Items that fit, in their order; and behind each value what would fit if its filter asked for it alone."""
    found = Found(counts={name: {} for name in FILTERS})
    words, values = asked.words, [(name, frozenset(chosen)) for name, chosen in asked.values.items()]
    for item in items:
        if words and not all(word in item.words for word in words):
            continue
        refused = [name for name, chosen in values if chosen.isdisjoint(item.traits.get(name, ()))]
        if not refused:
            found.items.append(item)
        if item.is_counted and len(refused) < 2:
            count(found.counts, item, refused)
    return found


def count(counts: dict[str, dict[str, set[Any]]], item: Item, refused: list[str]) -> None:
    for name in refused or item.traits:
        for value in item.traits.get(name, ()):
            counts[name].setdefault(value, set()).add(item.key)


def choices(asked: Asked, name: str, labels: Mapping[str, str], found: Found) -> list[Choice]:
    """One link for each value that the programme knows, and for what was asked for besides."""
    counts, chosen = found.counts[name], asked.values.get(name, ())
    labels = {**labels, **{value: value for value in chosen if value not in labels}}
    return [
        Choice(value, label, len(counts.get(value, ())), value in chosen, asked.toggled(name, value).url())
        for value, label in labels.items()
    ]


# --- Which sessions still have places, as the app that knows about bookings says ---

PlacesLeft = Callable[[Iterable[Any]], set[int]]
_places_left: list[PlacesLeft] = []


def register_places(find: PlacesLeft) -> None:
    """`find` gets sessions and answers the primary keys of those that still have places, in constant queries."""
    if find not in _places_left:
        _places_left.append(find)


def with_places(sessions: Iterable[Any]) -> set[int]:
    asked = [session for session in sessions if session.takes_bookings]
    return set().union(*(find(asked) for find in _places_left)) if asked else set()
