"""Texts of things as terms, cut to what a database takes; and many rows in batches."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from sessions.library.words import LANGUAGES, index_text

PAGE_BREAK = "\f"
LONGEST_FIELD = 400_000  # letters; PostgreSQL takes a million of different words
ADDRESSES = re.compile(r"https?://\S+|\]\([^)\s]*\)|<[^>]*>")


def terms(text: str, languages: tuple[str, ...] = LANGUAGES) -> str:
    return clipped(index_text(ADDRESSES.sub(" ", text), languages))


def pages(texts: list[str], languages: tuple[str, ...]) -> str:
    found = [terms(text, languages) for text in texts]
    return clipped(PAGE_BREAK.join(found)) if any(found) else ""


def clipped(found: str) -> str:
    """Cut between two terms, with the space that follows each."""
    return found if len(found) <= LONGEST_FIELD else found[: found.rindex(" ", 0, LONGEST_FIELD) + 1]


def batched(values: Iterable[Any], size: int) -> Iterator[list[Any]]:
    rest = iter(values)
    while batch := list(islice(rest, size)):
        yield batch
