"""Understand what was typed: its words in all forms, with mistakes forgiven, and which entries have them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sessions.library.matching import Matches, matches
from sessions.library.mistakes import compounds, parts, similar
from sessions.library.phrases import Phrase, holding, phrases_in
from sessions.library.ranking import Word, rarity
from sessions.library.sight import Sight
from sessions.library.words import fold, important, terms_of, tokens

MOST_WORDS = 8
MOST_PHRASES = 3
Terms = tuple[str, ...]


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
    phrases: list[Phrase] = field(default_factory=list)
    held: int = -1  # the entries that hold all phrases; everything where there is none

    @property
    def words(self) -> list[Word]:
        return [one.word for one in self.sought]

    @property
    def terms(self) -> frozenset[str]:
        """All that is marked in a text."""
        return frozenset(term for word in self.words for term in (*word.terms, *word.compounds))

    def matched(self) -> int:
        """Entries with all the words; if there are none, those with the most of them, and at least half.

        What stands in quotes they hold in any case.
        """
        return self.with_most_words(self.held)

    def with_most_words(self, among: int) -> int:
        levels = at_least([one.mask for one in self.sought])
        half = (len(self.sought) + 1) // 2
        return (
            next((mask & among for mask in reversed(levels[half:]) if mask & among), 0) if self.sought else 0
        )

    def by_title(self) -> list[int]:
        """Masks of the entries with so many words in the title, most first."""
        return at_least([one.in_title for one in self.sought])[:0:-1]


def understand(text: str, sight: Sight) -> Question:
    question = Question()
    for one in seek(important(token.word for token in tokens(text))[:MOST_WORDS], sight):
        question.sought += [one] if one.mask else corrected(one, sight, question.corrections)
    for phrase in phrases_in(text)[:MOST_PHRASES]:
        hold(question, phrase, sight)
    return question


def hold(question: Question, phrase: Phrase, sight: Sight) -> None:
    """Narrow the question to what holds the phrase, with its mistakes corrected as in the question."""
    words = [word for typed in phrase.words for word in question.corrections.get(typed, typed).split()]
    meant, among = Phrase(tuple(words)), 0
    for one in question.sought:
        among |= one.mask
    for one in question.sought:
        among &= one.mask if one.typed in words else -1
    question.phrases.append(meant)
    question.held &= holding(meant, among & question.held, sight)


def seek(words: Sequence[str], sight: Sight) -> list[Sought]:
    """Each of them, also as a part of longer words, which counts less."""
    forms = [(typed, terms_of(typed), terms_of_compounds(typed, sight)) for typed in words]
    found = [matches(sight.snapshot, (*terms, *others)) for _typed, terms, others in forms]
    sight.learn_of(found)  # for all words at once, because it asks long questions
    return [sought(*form, here, sight) for form, here in zip(forms, found, strict=True)]


def sought(typed: str, terms: Terms, others: Terms, found: Matches, sight: Sight) -> Sought:
    mask = sight.of(found)
    word = Word(terms, others, rarity(mask.bit_count(), len(sight.snapshot.keys)))
    return Sought(typed, word, mask, found.title & sight.visible)


def terms_of_compounds(typed: str, sight: Sight) -> Terms:
    longer = compounds(sight.snapshot.words, fold(typed))
    of_compounds = {term for compound in longer for term in terms_of(compound)}
    return tuple(sorted(of_compounds.difference(terms_of(typed))))


def corrected(missing: Sought, sight: Sight, corrections: dict[str, str]) -> list[Sought]:
    """Nothing has the word: what else it can be, of which the viewer sees something; else the word itself."""
    word, known = fold(missing.typed), sight.snapshot.words
    cut = parts(known, word)
    guesses = ([cut] if cut else []) + [(near,) for near in similar(known, word)]
    for guess in guesses:
        found = seek(guess, sight)
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
