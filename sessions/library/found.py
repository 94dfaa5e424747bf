"""What the library answers: hits with the page that fits best, facets with counts, and what else could be meant."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sessions.library.asking import Asked

PER_PAGE = 20


class Piece(NamedTuple):
    """A piece of text, marked if it is a word that was asked for; escaped by whoever shows it."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True)
class Hit:
    kind: str  # LibraryEntry.Kind
    object: Any  # the presentation, session, speaker or publication, with what a row shows
    title: tuple[Piece, ...]
    sentence: tuple[Piece, ...] = ()
    page: int | None = None  # of a presentation, when the words stand there and this viewer sees that page
    pages_open: int | None = None  # of a presentation: so many first pages, None for all
    score: float = 0.0

    @property
    def is_open(self) -> bool:
        """The whole of it: what is no presentation has no gate."""
        return self.kind != "presentation" or self.pages_open is None


@dataclass(frozen=True)
class Value:
    """One value of a facet, how many of the matches have it, and the address with it chosen or no longer."""

    value: str
    label: str
    count: int
    is_chosen: bool
    query: str


class Facet(NamedTuple):
    name: str
    label: str
    values: list[Value]


@dataclass(frozen=True)
class Found:
    asked: Asked
    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    page: int = 1
    facets: list[Facet] = field(default_factory=list)
    # Words that stand nowhere, with what was looked for instead.
    corrections: dict[str, str] = field(default_factory=dict)
    # With nothing found: other questions that do find something, best first.
    suggestions: list[Asked] = field(default_factory=list)
    # Keys of all presentations among the matches, in no order; empty where nothing was asked.
    presentations: tuple[int, ...] = ()

    @property
    def page_count(self) -> int:
        return max(1, -(-self.total // PER_PAGE))
