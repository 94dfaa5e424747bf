"""What somebody asks of the library, as its address says it."""

from dataclasses import dataclass, field, replace
from typing import Self

from django.http import QueryDict
from django.utils.http import urlencode

# In the order in which a page offers them. Their values are slugs, codes, years or the values of model choices.
FACETS = (
    "what", "topic", "theme", "year", "edition", "language", "kind", "audience", "level", "age", "subject",
    "competence", "country", "licence", "open",
)  # fmt: skip
AGES = {"0-5": (0, 5), "6-11": (6, 11), "12-14": (12, 14), "15-18": (15, 18), "19-": (19, 200)}
LONGEST_QUESTION = 200  # letters
MOST_VALUES = 10  # of one facet
LONGEST_VALUE = 120


@dataclass(frozen=True)
class Asked:
    """Words, and for each facet the values of which one has to be true; all facets have to be."""

    q: str = ""
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def from_query(cls, query: QueryDict) -> Self:
        """Whatever is typed into the address becomes a question; what is not known is left out."""
        chosen = {}
        for name in FACETS:
            values = [value for value in query.getlist(name)[: MOST_VALUES * 2] if plain(value)]
            if values:
                chosen[name] = tuple(dict.fromkeys(values))[:MOST_VALUES]
        words = query.get("q", "").replace("\0", " ")[:LONGEST_QUESTION]
        return cls(" ".join(words.split()), chosen)

    @property
    def is_empty(self) -> bool:
        return not self.q and not self.facets

    def values(self, facet: str) -> tuple[str, ...]:
        return self.facets.get(facet, ())

    def toggled(self, facet: str, value: str) -> Self:
        """The same question with this value chosen, or no longer chosen."""
        old = self.values(facet)
        new = tuple(v for v in old if v != value) if value in old else (*old, value)
        kept = {name: values for name, values in self.facets.items() if name != facet}
        return replace(self, facets={**kept, facet: new} if new else kept)

    def without(self, facet: str) -> Self:
        return replace(self, facets={name: values for name, values in self.facets.items() if name != facet})

    def with_words(self, q: str) -> Self:
        return replace(self, q=q)

    def query(self, page: int = 1) -> str:
        """The part of the address after the question mark, always in the same order."""
        pairs = [("q", self.q)] if self.q else []
        pairs += [(name, value) for name in FACETS for value in self.values(name)]
        return urlencode(pairs + ([("page", str(page))] if page > 1 else []))


def plain(value: str) -> bool:
    return 0 < len(value) <= LONGEST_VALUE and value.isprintable()
