"""What is different between the texts of two versions, page by page and word by word.

Pure. In: the texts of the pages, old and new. Out: one `Pair` for each page of either, in the order of the new one.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

MOST_PAGES = 500
MOST_WORDS = 1500  # of a page; longer ones are shown whole, old beside new
# Of the same word on both sides; what repeats more takes minutes to compare, and is shown whole.
MOST_PAIRS = 20_000
TOKEN = re.compile(r"\S+\s*|\s+")

State = Literal["same", "changed", "added", "removed"]


@dataclass(frozen=True)
class Piece:
    """Words of one side; `is_own` when the other side does not have them."""

    text: str
    is_own: bool = False


@dataclass(frozen=True)
class Pair:
    """A page of the old version beside its page of the new one; a number is None where there is none."""

    state: State
    old_number: int | None = None
    new_number: int | None = None
    old: tuple[Piece, ...] = ()
    new: tuple[Piece, ...] = ()


def compare(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Pages that only moved along are still the same page."""
    old, new = old[:MOST_PAGES], new[:MOST_PAGES]
    matcher = SequenceMatcher(None, list(map(_plain, old)), list(map(_plain, new)), autojunk=False)
    return [pair for block in matcher.get_opcodes() for pair in _pairs(block, old, new)]


def _pairs(block: tuple[str, int, int, int, int], old: Sequence[str], new: Sequence[str]) -> Iterator[Pair]:
    kind, old_from, old_to, new_from, new_to = block
    olds, news = range(old_from, old_to), range(new_from, new_to)
    if kind == "equal":
        for here, there in zip(olds, news, strict=True):
            piece = (Piece(new[there]),)
            yield Pair("same", here + 1, there + 1, piece, piece)
        return
    shared = min(len(olds), len(news))
    for here, there in zip(olds[:shared], news[:shared], strict=True):
        yield Pair("changed", here + 1, there + 1, *words_of(old[here], new[there]))
    for here in olds[shared:]:
        yield Pair("removed", old_number=here + 1, old=(Piece(old[here], is_own=True),))
    for there in news[shared:]:
        yield Pair("added", new_number=there + 1, new=(Piece(new[there], is_own=True),))


def words_of(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces, those marked that the other does not have."""
    mine, yours = TOKEN.findall(old), TOKEN.findall(new)
    if max(len(mine), len(yours)) > MOST_WORDS or pairs_among(mine, yours) > MOST_PAIRS:
        return (Piece(old, is_own=True),), (Piece(new, is_own=True),)
    blocks = SequenceMatcher(None, mine, yours, autojunk=False).get_opcodes()
    before = [("".join(mine[a:b]), kind != "equal") for kind, a, b, _c, _d in blocks]
    after = [("".join(yours[c:d]), kind != "equal") for kind, _a, _b, c, d in blocks]
    return tuple(Piece(*one) for one in before if one[0]), tuple(Piece(*one) for one in after if one[0])


def pairs_among(mine: Sequence[str], yours: Sequence[str]) -> int:
    """How many pairs of equal words there are to choose from."""
    counts = Counter(yours)
    return sum(number * counts[word] for word, number in Counter(mine).items())


def _plain(text: str) -> str:
    return " ".join(text.split())
