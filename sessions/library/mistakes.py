"""Other words that may be meant: those one or two letters away, and compounds of which the word is a part.

Pure functions over the words that everybody may read, in one text with a line break before and after each.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from sessions.library.words import distance, mistakes_forgiven

SHORTEST_PART = 4  # letters of a word that is looked for inside compounds
SHORTEST_REST = 3
MOST_COMPOUNDS = 12
MOST_SIMILAR = 5
LINKS = ("", "s", "e", "en", "n", "es", "er")  # between the parts of Dutch and German compounds


class Known(NamedTuple):
    word: str
    letters: int  # one bit for each letter in it


@lru_cache(maxsize=1)
def by_beginning_and_end(words: str) -> dict[str, list[Known]]:
    """People rarely mistake both the beginning and the end; comparing only words that share one is much faster."""
    found: dict[str, list[Known]] = {}
    for word in words.split():
        one = Known(word, letters_of(word))
        for key in keys_of(word):
            found.setdefault(key, []).append(one)
    return found


def keys_of(word: str) -> tuple[str, str, str]:
    """Its first letter, its first two as they are, and its last three; the marks keep them apart."""
    return f"{word[0]}-", f"{word[:2]}--", f"-{word[-3:]}"


def letters_of(word: str) -> int:
    mask = 0
    for letter in word:
        mask |= 1 << (ord(letter) & 63)
    return mask


@lru_cache(maxsize=256)
def similar(words: str, word: str) -> tuple[str, ...]:
    """The nearest words, the best first; none where the word is too short to be sure."""
    most = mistakes_forgiven(word)
    if not most:
        return ()
    found = [(distance(word, known, most), known) for known in may_be_meant(words, word, most)]
    return tuple(known for away, known in sorted(found, key=lambda pair: order(word, *pair)) if away <= most)[
        :MOST_SIMILAR
    ]


def may_be_meant(words: str, word: str, most: int) -> set[str]:
    """Words that begin or end like it, nearly as long, and with nearly the same letters."""
    known, mine = by_beginning_and_end(words), letters_of(word)
    first, _two, last = keys_of(word)
    swapped = f"{word[1]}{word[0]}--"
    near = [*known.get(first, ()), *known.get(swapped, ()), *known.get(last, ())]
    return {
        one.word
        for one in near
        # A letter changed for another is one letter more and one less.
        if abs(len(one.word) - len(word)) <= most and (one.letters ^ mine).bit_count() <= 2 * most
    }


def order(word: str, away: int, known: str) -> tuple[int, bool, int, str]:
    return away, word[0] != known[0], abs(len(word) - len(known)), known


def compounds(words: str, word: str) -> list[str]:
    """Longer words that begin or end with this one, the rest being a word too: "taalbeleid" for "beleid"."""
    if len(word) < SHORTEST_PART:
        return []
    found = [longer for longer in around(words, word) if is_compound(words, longer, word)]
    return sorted(set(found), key=lambda longer: (len(longer), longer))[:MOST_COMPOUNDS]


@lru_cache(maxsize=1)
def known_words(words: str) -> frozenset[str]:
    """To look each part of many compounds up at once: in the text alone that takes longer the more words there are."""
    return frozenset(words.split())


def around(words: str, part: str) -> Iterator[str]:
    """Words that begin or end with the part."""
    for sought in (f"\n{part}", f"{part}\n"):
        at = words.find(sought)
        while at >= 0:
            start = words.rfind("\n", 0, at + 1) + 1
            end = words.index("\n", at + 1)
            yield words[start:end]
            at = words.find(sought, at + 1)


def is_compound(words: str, longer: str, part: str) -> bool:
    if longer.endswith(part):
        rests = {longer[: len(longer) - len(part)].removesuffix(link) for link in LINKS}
    else:
        rests = {longer[len(part) :].removeprefix(link) for link in LINKS}
    return any(len(rest) >= SHORTEST_REST and rest in known_words(words) for rest in rests)


def parts(words: str, compound: str) -> tuple[str, str] | None:
    """Two words of which this one is made, if there are such; the most even cut."""
    known = known_words(words)
    cuts = range(SHORTEST_PART, len(compound) - SHORTEST_PART + 1)
    for cut in sorted(cuts, key=lambda place: abs(2 * place - len(compound))):
        last = compound[cut:]
        firsts = (compound[:cut].removesuffix(link) for link in LINKS)
        for first in firsts:
            if len(first) >= SHORTEST_REST and first in known and last in known:
                return first, last
    return None
