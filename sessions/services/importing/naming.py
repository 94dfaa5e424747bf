"""Addresses and names that are free."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from itertools import count

from django.utils.text import slugify

FITS = re.compile(r"[-a-zA-Z0-9_]+")


def free_slug(wanted: str, words: str, otherwise: str, limit: int, taken: set[str]) -> str:
    """The address that is wanted where it is one, else one made of the words; numbered until it is free."""
    base = wanted if FITS.fullmatch(wanted) else slugify(wanted) or slugify(words)
    return numbered(base[:limit].strip("-") or otherwise, limit, taken, "-")


def numbered(base: str, limit: int, taken: set[str], sign: str = " ") -> str:
    """The base, or the base with a number, that nobody has; it is taken from now on. Case makes no difference.

    Looked for by halves: a file may have the same title thousands of times.
    """

    def name(number: int) -> str:
        end = "" if number == 1 else f"{sign}{number}"
        return base[: limit - len(end)] + end

    def is_free(number: int) -> bool:
        return name(number).casefold() not in taken

    high = next(2**power for power in count() if is_free(2**power))
    between = range(high // 2 + 1, high)
    found = name(between.start + bisect_left(between, True, key=is_free))
    taken.add(found.casefold())
    return found


def folded(values: Iterable[str | None]) -> set[str]:
    return {value.casefold() for value in values if value}


def names_of(row: object, field: str, codes: Iterable[str]) -> set[str]:
    """A row's name in every language, for comparing."""
    return folded(getattr(row, f"{field}_{code}", "") for code in codes)


def first(rows: Iterable, fits: Callable):  # type: ignore[type-arg, no-untyped-def]
    return next((row for row in rows if fits(row)), None)
