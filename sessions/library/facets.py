"""Facets: by which properties the matches can be narrowed, each value with the number of matches that have it."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from sessions.library.asking import AGES, FACETS, Asked
from sessions.library.contents import FOR_ALL
from sessions.library.found import Facet, Value
from sessions.library.names import NAMED, names_of
from sessions.library.sight import Sight
from sessions.models import LibraryEntry, Presentation

MOST_VALUES = 40
LABELS: dict[str, str | Promise] = {
    "what": _("What"), "topic": _("Topic"), "theme": _("Theme"), "year": _("Year"), "edition": _("Edition"),
    "language": _("Language"), "kind": _("Kind"), "audience": _("For whom"), "level": _("Education level"),
    "age": _("Age"), "subject": _("Subject"), "competence": _("Competence"), "country": _("Country"),
    "licence": _("Licence"), "open": _("Access"),
}  # fmt: skip
OPEN, GATED = "open", "gated"
CHOICES: dict[str, Callable[[], Iterable[tuple[Any, Any]]]] = {
    "what": lambda: LibraryEntry.Kind.choices,
    "language": lambda: settings.LANGUAGES,
    "kind": lambda: Presentation.Kind.choices,
    "licence": lambda: Presentation.Licence.choices,
    "country": lambda: countries,
    "open": lambda: [(OPEN, _("open")), (GATED, _("after log-in or registration"))],
    "age": lambda: [(name, name.removesuffix("-") + "+" if name.endswith("-") else name) for name in AGES],
}
IN_ORDER = {"age": list(AGES), "what": LibraryEntry.Kind.values, "open": [OPEN, GATED]}


def having(facet: str, value: str, sight: Sight) -> int:
    """Who has this value; whether something is open depends on who looks."""
    if facet != "open":
        return sight.snapshot.who_has(facet, value)
    presentations = sight.snapshot.of_kind(LibraryEntry.Kind.PRESENTATION)
    return presentations & {OPEN: sight.whole, GATED: ~sight.whole}.get(value, 0)


def chosen(asked: Asked, facet: str, sight: Sight) -> int:
    """Everything (-1) where nothing is chosen."""
    values = asked.values(facet)
    mask = 0 if values else -1
    for value in values:
        mask |= having(facet, value, sight)
    return mask


def narrowed(asked: Asked, matched: int, sight: Sight, but: str = "") -> int:
    """The matches that have what was chosen in all facets but one."""
    for facet in asked.facets:
        if facet != but:
            matched &= chosen(asked, facet, sight)
    return matched


def facets_of(asked: Asked, matched: int, sight: Sight) -> list[Facet]:
    """Counts within a facet leave its own choice aside, so that another value can be chosen beside it."""
    counts = {name: counted(name, narrowed(asked, matched, sight, but=name), sight) for name in FACETS}
    counts = {name: some for name, some in counts.items() if asked.values(name) or some.keys() - {FOR_ALL}}
    names = names_of(counts)
    return [
        Facet(name, str(LABELS[name]), values_of(asked, name, some, labels_of(name, names)))
        for name, some in counts.items()
    ]


def counted(facet: str, among: int, sight: Sight) -> dict[str, int]:
    """Only values that some match has: nobody learns of what is hidden."""
    known = (OPEN, GATED) if facet == "open" else sight.snapshot.masks.get(facet, {})
    counts = {value: (among & having(facet, value, sight)).bit_count() for value in known}
    return {value: count for value, count in counts.items() if count}


def values_of(asked: Asked, facet: str, counts: dict[str, int], labels: dict[str, str]) -> list[Value]:
    mine = asked.values(facet)
    values = [
        Value(
            value, labels.get(value, value), counts.get(value, 0), value in mine, asked.toggled(facet, value).query()
        )
        for value in {**counts, **dict.fromkeys(mine)}
    ]  # fmt: skip
    return sorted(values, key=lambda value: place(facet, value))[:MOST_VALUES]


def place(facet: str, value: Value) -> tuple[Any, ...]:
    """Years from the last to the first, ages from young to old; else what most matches have, first."""
    order = IN_ORDER.get(facet)
    if order:
        return (order.index(value.value) if value.value in order else len(order), value.label)
    if facet == "year":
        return (-int(value.value) if value.value.isdecimal() else 0, value.label)
    return (not value.is_chosen, -value.count, value.label)


def labels_of(facet: str, names: dict[str, dict[str, str]]) -> dict[str, str]:
    """What its values are called; the keys of a facet that organisers name are in `names`."""
    known = names.get(facet, {}) if facet in NAMED else choices_of(facet)
    return {**known, FOR_ALL: str(_("for all"))}


def choices_of(facet: str) -> dict[str, str]:
    return {str(value): str(label) for value, label in CHOICES.get(facet, list)()}
