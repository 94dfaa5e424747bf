"""Understand what was typed: its words in all forms, with mistakes forgiven, and which entries have them."""

from dataclasses import dataclass, field
from typing import NamedTuple

from sessions.library.matching import matches
from sessions.library.mistakes import compounds, parts, similar
from sessions.library.ranking import Word, rarity
from sessions.library.sight import Sight
from sessions.library.words import fold, important, terms_of, tokens

MOST_WORDS = 8


class Sought(NamedTuple):
    """One word of the question, and the masks of the entries that the viewer may know to have it."""

    typed: str
    word: Word
    mask: int
    in_title: int


@dataclass
class Question:
    sought: list[Sought] = field(default_factory=list)
    corrections: dict[str, str] = field(default_factory=dict)

    @property
    def words(self) -> list[Word]:
        return [one.word for one in self.sought]

    @property
    def terms(self) -> frozenset[str]:
        """All that is marked in a text."""
        return frozenset(term for word in self.words for term in (*word.terms, *word.compounds))

    def matched(self) -> int:
        """Entries with all the words; if there are none, those with the most of them, and at least half."""
        levels = at_least([one.mask for one in self.sought])
        half = (len(self.sought) + 1) // 2
        return next((mask for mask in reversed(levels[half:]) if mask), 0) if self.sought else 0

    def by_title(self) -> list[int]:
        """Masks of the entries with so many words in the title, most first."""
        return at_least([one.in_title for one in self.sought])[:0:-1]


def understand(text: str, sight: Sight) -> Question:
    question = Question()
    for typed in important(token.word for token in tokens(text))[:MOST_WORDS]:
        one = seek(typed, sight)
        question.sought += [one] if one.mask else corrected(one, sight, question.corrections)
    return question


def seek(typed: str, sight: Sight) -> Sought:
    """Also as a part of longer words, which counts less."""
    terms = terms_of(typed)
    longer = compounds(sight.snapshot.words, fold(typed))
    of_compounds = {term for compound in longer for term in terms_of(compound)}
    others = tuple(sorted(of_compounds.difference(terms)))
    found = matches(sight.snapshot, (*terms, *others))
    mask = sight.of(found)
    word = Word(terms, others, rarity(mask.bit_count(), len(sight.snapshot.keys)))
    return Sought(typed, word, mask, found.title & sight.visible)


def corrected(missing: Sought, sight: Sight, corrections: dict[str, str]) -> list[Sought]:
    """Nothing has the word: what else it can be, of which the viewer sees something; else the word itself."""
    word, known = fold(missing.typed), sight.snapshot.words
    cut = parts(known, word)
    guesses = ([cut] if cut else []) + [(near,) for near in similar(known, word)]
    for guess in guesses:
        found = [seek(part, sight) for part in guess]
        if all(one.mask for one in found):
            corrections[missing.typed] = " ".join(guess)
            return found
    return [missing]


def at_least(masks: list[int]) -> list[int]:
    """At index n the entries that are in n or more of the masks; everything, as -1, at index 0."""
    levels = [-1] + [0] * len(masks)
    for mask in masks:
        for count in range(len(masks), 0, -1):
            levels[count] |= levels[count - 1] & mask
    return levels
