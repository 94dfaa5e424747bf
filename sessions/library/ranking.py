"""How well an entry answers a question: BM25F (Robertson, Zaragoza, Taylor 2004) over its fields.

Pure. Frequencies are counted here and not by the databases, so that the order is the same on both.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

K1 = 1.2
B = 0.6
WEIGHTS = {"title": 5.0, "words": 2.5, "description": 2.0, "front": 1.2, "rest": 1.0}
# What a field is long on average, in letters of its terms; fixed, so that nobody's hidden text changes an order.
USUAL = {"title": 90, "words": 500, "description": 900, "front": 1_500, "rest": 9_000}
PART_OF_A_COMPOUND = 0.4


class Word(NamedTuple):
    """One word of the question: its terms, those of compounds it is a part of, and how rare it is."""

    terms: tuple[str, ...]
    compounds: tuple[str, ...] = ()
    rarity: float = 1.0


def rarity(matches: int, everything: int) -> float:
    """Inverse document frequency, never negative."""
    return math.log(1 + (everything - matches + 0.5) / (matches + 0.5))


def frequency(text: str, word: Word) -> float:
    """How often the word stands in a text of terms; the forms of one word are counted once."""
    found: float = max((text.count(f" {term} ") for term in word.terms), default=0)
    if word.compounds:
        found += PART_OF_A_COMPOUND * sum(text.count(f" {term} ") for term in word.compounds)
    return found


def score(fields: Mapping[str, str], words: Iterable[Word]) -> float:
    """The sum over the words; more occurrences count less and less, and less in long fields."""
    total = 0.0
    for word in words:
        weighed = 0.0
        for name, text in fields.items():
            if text and (often := frequency(text, word)):
                length = 1 - B + B * len(text) / USUAL[name]
                weighed += WEIGHTS[name] * often / length
        total += word.rarity * weighed / (K1 + weighed)
    return total


def best_page(pages: Sequence[str], words: Sequence[Word]) -> int | None:
    """The number, from 1, of the page that answers best; the first of equal ones, None if no word stands there."""
    best, most = None, 0.0
    for number, text in enumerate(pages, 1):
        found = 0.0
        for word in words:
            often = frequency(text, word) if text else 0
            found += word.rarity * often / (K1 + often)
        if found > most + 1e-9:
            best, most = number, found
    return best
