"""What distinguishes two states of an object, in the words of its form; names of what it points to are asked once."""

import difflib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from conference.languages import label_of, language_in_words
from conference.trail.records import Tracked

LONG = 80  # letters; beyond, lines are compared
NAMES = ("title", "name", "label", "reference", "original_name", "email")
# What a name is taken from where the model says it by asking for another row.
OF_ANOTHER = {"registration.groupplan": "session"}


@dataclass(frozen=True)
class Difference:
    name: str  # of the field
    label: str
    before: str
    after: str

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Of long texts: each line that went ("-") or came ("+"), with one around it; nothing for short ones."""
        if max(len(self.before), len(self.after)) <= LONG and "\n" not in self.before + self.after:
            return []
        compared = difflib.unified_diff(
            self.before.splitlines(), self.after.splitlines(), n=1, lineterm="", fromfile="", tofile=""
        )
        return [("…", "") if one.startswith("@@") else (one[:1], one[1:]) for one in list(compared)[2:]]


@dataclass
class Names:
    """How the rows are called that some states point to."""

    wanted: dict[type[models.Model], set[Any]] = field(default_factory=dict)
    known: dict[type[models.Model], dict[Any, str]] = field(default_factory=dict)

    def want(self, kind: Tracked, states: Iterable[Any]) -> None:
        states = [one for one in states if one is not None]
        for one in kind.fields():
            if isinstance(one, models.ForeignKey):
                keys = {getattr(state, one.attname) for state in states} - {None}
                self.wanted.setdefault(target(one), set()).update(keys)
        for name in kind.linked:
            found = {key for state in states for key in state.linked.get(name, [])}
            self.wanted.setdefault(target(kind.model._meta.get_field(name)), set()).update(found)

    def ask(self) -> None:
        """One query for each kind of row that is pointed to."""
        for model, keys in self.wanted.items():
            rows = model._base_manager.filter(pk__in=keys)
            if another := OF_ANOTHER.get(model._meta.label_lower):
                rows = rows.select_related(another)
            self.known[model] = {row.pk: str(row) for row in rows} if keys else {}

    def of(self, model: type[models.Model], key: Any) -> str:
        return self.known.get(model, {}).get(key) or _("(no longer there)")


def target(line: Any) -> type[models.Model]:
    return line.remote_field.model


def differences(
    kind: Tracked, before: Any, after: Any, names: Names, only: set[str] | None = None
) -> list[Difference]:
    """Of two states, the first of which may be missing; only fields whose words differ."""
    found = [
        Difference(one.name, label_of(one), said(one, before, names), said(one, after, names))
        for one in kind.fields()
        if only is None or one.name in only
    ]
    for name in [one for one in kind.linked if only is None or one in only]:
        line: Any = kind.model._meta.get_field(name)
        pair = [linked(line, state, names) for state in (before, after)]
        found.append(Difference(name, capfirst(str(line.verbose_name)), *pair))
    return [one for one in found if one.before != one.after]


def said(one: Any, state: Any, names: Names) -> str:
    """The value of this field in words, as far as a person can read it."""
    value = None if state is None else getattr(state, one.attname)
    if value is None or value == "":
        return ""
    if isinstance(one, models.ForeignKey):
        return names.of(target(one), value)
    return in_words(one, value)


def in_words(one: Any, value: Any) -> str:
    """A value that points to nothing, as the form of the field shows it."""
    if one.flatchoices:
        return str(dict(one.flatchoices).get(getattr(value, "code", value), value))
    return language_in_words(str(value)) if one.name == "language" else plain(value)


def plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(value, date):
        return formats.date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False) if value else ""
    return str(value)


def linked(line: Any, state: Any, names: Names) -> str:
    keys: Sequence[Any] = [] if state is None else state.linked.get(line.name, [])
    return ", ".join(names.of(target(line), key) for key in keys)


def name_of(kind: Tracked, state: Any, names: Names) -> str:
    """What the object was called then: its title or name, else what it connects."""
    for name in NAMES:
        for column in (f"{name}_{get_language()}", f"{name}_en", name):
            if value := getattr(state, column, ""):
                return str(value)
    lines = [one for one in kind.fields() if isinstance(one, models.ForeignKey)]
    pointed = [said(one, state, names) for one in lines]
    return ": ".join([words for words in pointed if words][:2]) or str(state.pk)
