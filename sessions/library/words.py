"""Words as the library compares them: without case and accents, and in all their forms in four languages.

Pure functions. A *term* is what is stored and compared: lower-case letters and digits only, never longer than
LONGEST. Stems are those of Snowball (https://snowballstem.org/algorithms/).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from snowballstemmer import stemmer

STEMMERS = {"en": "english", "nl": "dutch", "fr": "french", "de": "german"}
LANGUAGES = tuple(STEMMERS)
LONGEST = 40  # letters of a term; nobody looks for longer ones
LONGEST_WRITTEN = (
    200  # of a word as it stands in a text; more would only fill the memory of what is remembered
)
SHORTEST_STEMMED = 3
TOKEN = re.compile(r"[^\W_]+")
ONE_SPELLING = re.compile(r"(?<=[a-z]{3})iz(?=(?:e|ed|es|er|ers|ing|ation|ations|ational)$)")  # polarization
LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
STOP_WORDS = {
    "en": "a an and are as at be by do for from how i in is it of on or our s t that the their this to was we what"
    " when which who why with you your",
    "nl": "aan bij dat de deze die dit door een en er het hoe ik in is je met na naar of om onder ons onze ook op"
    " over te tot uit van voor waar waarom wat we wie wij worden zijn",
    "fr": "a au aux avec ce ces c d dans de des du elle en est et il ils j je l la le les leur m n ne nous on ou par"
    " pas pour qu que qui quoi sa se ses son sur un une vous y",
    "de": "als am an auf aus bei das dem den der des die ein eine einem einen einer es für ich im in ist mit nach"
    " oder sich sie sind über um und vom von vor was wer wie wir zu zum zur",
}  # fmt: skip


class Token(NamedTuple):
    """A word and where it stands in the text."""

    start: int
    end: int
    word: str


def tokens(text: str) -> Iterator[Token]:
    """Every run of letters and digits; "o'brien" is two, "c++" is "c"."""
    for found in TOKEN.finditer(text):
        yield Token(found.start(), found.end(), found.group()[:LONGEST_WRITTEN])


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Lower case without accents, so that "Éducation" is "education" and "Straße" "strasse"."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    plain = apart.translate(LETTERS)
    return "".join(letter for letter in plain if letter.isalnum())[:LONGEST]


STOPS = {language: frozenset(fold(word) for word in words.split()) for language, words in STOP_WORDS.items()}
ALL_STOPS = frozenset().union(*STOPS.values())


@lru_cache(maxsize=50_000)
def terms_of(word: str, languages: tuple[str, ...] = LANGUAGES) -> tuple[str, ...]:
    """The word itself, folded, and its stems in these languages, each once; nothing for a mere sign.

    An accent may change what a stemmer does, so a word is stemmed with and without: who types none still finds it.
    """
    plain = fold(word)
    if not plain:
        return ()
    if len(plain) < SHORTEST_STEMMED or plain.isdigit():
        return (plain,)
    spellings = {unicodedata.normalize("NFC", word.casefold())[:LONGEST], plain}
    found = [plain]
    for language in languages:
        found += (fold(stem(spelling, language)) for spelling in sorted(spellings))
    return tuple(dict.fromkeys(term for term in found if term))


@lru_cache(maxsize=150_000)
def stem(word: str, language: str) -> str:
    """The stem by Snowball; English has one spelling of -ise and -ize. Remembered, because it is slow to find."""
    if language == "en":
        word = ONE_SPELLING.sub("is", word)
    return stemmer(STEMMERS[language]).stemWord(word)


def known(language: str) -> tuple[str, ...]:
    """The languages in which to stem a text of this language: all of them where it has no stemmer here."""
    code = language[:2].lower()
    return (code,) if code in STEMMERS else LANGUAGES


def index_text(text: str, languages: tuple[str, ...] = LANGUAGES) -> str:
    """All terms of a text, in its order, with a space before and after each: " term term "."""
    found = [term for token in tokens(text) for term in terms_of(token.word, languages)]
    return f" {' '.join(found)} " if found else ""


def important(words: Iterable[str]) -> list[str]:
    """The words without those that stand in every text, unless nothing else was asked."""
    asked = [word for word in words if fold(word)]
    return [word for word in asked if fold(word) not in ALL_STOPS] or asked


def distance(one: str, other: str, most: int) -> int:
    """How many letters must be changed, put in, left out or swapped with their neighbour; most + 1 for more.

    Optimal string alignment (Damerau 1964, with each piece edited once).
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        here = [row]
        for column, another in enumerate(other, 1):
            cost = min(above[column] + 1, here[-1] + 1, above[column - 1] + (letter != another))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == another:
                cost = min(cost, before[column - 2] + 1)
            here.append(cost)
        if min(here) > most:
            return most + 1
        before, above = above, here
    return above[-1]


def mistakes_forgiven(word: str) -> int:
    """None in short words, where another word is never far."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2
