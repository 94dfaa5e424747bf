"""Words in quotes: a text has to hold them as they were typed, one right after the other.

Asked of the stored terms with one regular expression, which both databases read alike: each word stands there folded,
followed by its stems (`words.index_text`), and a page ends in a sign of its own, so that no phrase reaches over it.
A form whose stem is the very word ("schools" for "school") cannot be told from it where the phrase begins.
"""

import functools
import operator
import re
from typing import NamedTuple

from django.db.models import Q

from sessions.library.matching import Matches
from sessions.library.sight import Sight
from sessions.library.snapshot import positions
from sessions.library.words import fold, terms_of, tokens
from sessions.models import LibraryEntry

QUOTED = re.compile(r'"([^"]*)"|“([^”]*)”|„([^“”]*)[“”]|«([^»]*)»')
QUOTES = re.compile(r'["“”„«»]')
SHORTEST_STEM, LONGEST_ENDING = 4, 2
FIELDS = {"title": ["title"], "words": ["words", "description"], "front": ["front"], "rest": ["rest"]}


class Phrase(NamedTuple):
    """Words in quotes, as they were typed."""

    words: tuple[str, ...]

    @property
    def pattern(self) -> str:
        """Finds it in a text of terms; of letters, digits and blanks only, beside the signs that bind them."""
        return "".join(map(word_with_stems, self.words)) + " "

    def stands_in(self, text: str) -> bool:
        return re.search(self.pattern, text) is not None


def phrases_in(text: str) -> list[Phrase]:
    """Of a question; a quote that is not closed binds nothing."""
    found = (
        [token.word for token in tokens("".join(quote.groups(""))) if fold(token.word)]
        for quote in QUOTED.finditer(text)
    )
    return [Phrase(tuple(words)) for words in found if words]


def without_quotes(text: str) -> str:
    return " ".join(QUOTES.sub(" ", text).split())


def word_with_stems(word: str) -> str:
    """The folded word and whatever stems stand behind it; those of an accented spelling may be others than these."""
    plain = fold(word)
    shortest = max(SHORTEST_STEM, len(plain) - LONGEST_ENDING)
    beginnings = {plain[:length] for length in range(shortest, len(plain))}
    stems = sorted({*terms_of(word), *terms_of(plain), *beginnings} - {plain})
    return f" {plain}" + (f"(?: (?:{'|'.join(stems)}))*" if stems else "")


def holding(phrase: Phrase, among: int, sight: Sight) -> int:
    """Those of these entries where this viewer may know that the phrase stands there; one query."""
    keys = [sight.snapshot.keys[position] for position in positions(among)]
    tests = {
        f"in_{name}": functools.reduce(
            operator.or_, (Q(**{f"{field}__regex": phrase.pattern}) for field in fields)
        )
        for name, fields in FIELDS.items()
    }
    found: dict[str, list[int]] = {name: [] for name in FIELDS}
    if keys:
        rows = LibraryEntry.objects.filter(pk__in=keys).annotate(**tests).values_list("pk", *tests)
        for key, *held in rows:
            for name, is_held in zip(FIELDS, held, strict=True):
                found[name] += [key] if is_held else []
    return sight.of(Matches(*(sight.snapshot.mask_of_entries(found[name]) for name in Matches._fields)))
