"""The sentence in which the words stand, with the words marked. Pure: pieces of text, escaped by whoever shows them."""

import re
from functools import lru_cache

from sessions.library.found import Piece
from sessions.library.words import fold, terms_of, tokens

ENDS = re.compile(r"(?<=[.!?…])\s+|[\r\n\f]+|(?<=[;:])\s+(?=[A-ZÀ-Þ])")
LONGEST = 220  # letters of a sentence that is shown whole


def in_question(word: str, terms: frozenset[str]) -> frozenset[str]:
    """The terms that are forms of this word; stemming is slow, so only words that begin like one are stemmed."""
    plain = fold(word)
    starts = starts_of(terms)
    if plain[:2] not in starts and plain.removeprefix("ge")[:2] not in starts:
        return frozenset()
    return terms.intersection(terms_of(word))


@lru_cache(maxsize=256)
def starts_of(terms: frozenset[str]) -> frozenset[str]:
    return frozenset(term[:2] for term in terms)


def marked(text: str, terms: frozenset[str]) -> tuple[Piece, ...]:
    """The text in pieces; a word is marked when one of its forms is among the terms."""
    pieces: list[Piece] = []
    end = 0
    for token in tokens(text):
        if in_question(token.word, terms):
            if token.start > end:
                pieces.append(Piece(text[end : token.start]))
            pieces.append(Piece(text[token.start : token.end], True))
            end = token.end
    if end < len(text):
        pieces.append(Piece(text[end:]))
    return tuple(pieces)


def best_sentence(text: str, terms: frozenset[str]) -> tuple[Piece, ...]:
    """The sentence with the most different words of the question, the first of equal ones; empty if none has any."""
    best, most = "", 0
    for sentence in ENDS.split(text):
        found = {term for token in tokens(sentence) for term in in_question(token.word, terms)}
        if len(found) > most:
            best, most = sentence, len(found)
    return marked(shortened(" ".join(best.split()), terms), terms) if most else ()


def shortened(sentence: str, terms: frozenset[str]) -> str:
    """At most LONGEST letters around the first word that was asked for, cut between words."""
    if len(sentence) <= LONGEST:
        return sentence
    first = next((t.start for t in tokens(sentence) if in_question(t.word, terms)), 0)
    start = max(0, min(first - LONGEST // 3, len(sentence) - LONGEST))
    start = sentence.find(" ", start, start + LONGEST // 3) + 1 or start if start else 0
    most = start + LONGEST
    end = sentence.rfind(" ", start, most) if most < len(sentence) else len(sentence)
    end = end if end > start else most  # one word without an end, or a language without blanks
    before, after = "… " if start else "", " …" if end < len(sentence) else ""
    return f"{before}{sentence[start:end]}{after}"
