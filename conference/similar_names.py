"""Names that mean the same organisation: without case, accents, signs and filling words, and with a letter or two amiss."""

import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

from conference.models import Organisation

ALIKE = 0.86  # of 1: “Busleyden Atheneum Pitzemburg” and “Busleiden Atheneum Pitzenburg”
FILLING = frozenset(
    [
        "a",
        "an",
        "and",
        "de",
        "der",
        "des",
        "di",
        "die",
        "du",
        "el",
        "en",
        "et",
        "for",
        "het",
        "i",
        "la",
        "le",
        "of",
        "och",
        "og",
        "the",
        "und",
        "van",
        "von",
        "y",
    ]
)
MOST = 20


def plain(name: str) -> str:
    """“GO! Busleyden-Atheneum” → “go busleyden atheneum”."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(one for one in letters if not unicodedata.combining(one))
    words = "".join(one if one.isalnum() else " " for one in letters).split()
    return " ".join([word for word in words if word not in FILLING] or words)


def organisations_called(words: str) -> list[Organisation]:
    """Those in whose name, acronym or town every word occurs; at most twenty, by name."""
    wanted = plain(words[:200]).split()
    if not wanted:
        return []
    rows = Organisation.objects.values_list("pk", "name", "acronym", "city")
    found = [row[0] for row in rows if all(word in plain(" ".join(row[1:])) for word in wanted)][:MOST]
    return list(Organisation.objects.filter(pk__in=found))


def similar_to(name: str) -> list[Organisation]:
    """Organisations that are probably the same one; a hint for people, never a decision."""
    wanted = plain(name)
    rows = Organisation.objects.values_list("pk", "name", "acronym")
    found = [pk for pk, *names in rows if any(alike(wanted, plain(one)) for one in names if one)][:MOST]
    return list(Organisation.objects.filter(pk__in=found))


def alike(one: str, other: str) -> bool:
    if not one or not other:
        return False
    if one == other or within(one, other) or within(other, one):
        return True
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def within(short: str, long: str) -> bool:
    """All words of a name of several words occur in the other."""
    words = short.split()
    return len(words) > 1 and not set(words) - set(long.split())


def names_of(organisations: Iterable[Organisation]) -> list[str]:
    return [f"{one.full_name}, {one.city}" if one.city else one.full_name for one in organisations]
