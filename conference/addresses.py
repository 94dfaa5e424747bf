"""Addresses of the many things that a page lists, without asking Django's resolver for each of them."""

from functools import cache
from uuid import UUID

from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language


def address(name: str, *words: object) -> str:
    """reverse() for a route whose arguments are slugs or guids, which stand in an address as they are."""
    return _pattern(name, len(words), get_language(), get_script_prefix()) % tuple(map(str, words))


@cache
def _pattern(name: str, count: int, language: str | None, prefix: str) -> str:
    """The address with a gap for each word; it depends on nothing but what it is asked with."""
    stand_ins = [str(UUID(int=number)) for number in range(count)]  # fit a slug as well as a guid
    found = reverse(name, args=stand_ins).replace("%", "%%")
    for stand_in in stand_ins:
        found = found.replace(stand_in, "%s")
    return found
