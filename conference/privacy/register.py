"""The register of every personal field: what it is, what for, on which basis, who sees it, and when it is deleted.

Each app says it of its own tables in its module `personal`. The privacy page, the deleting in time and what people get
as "my data" are made from it, and a test finds every field of which nothing is said here.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Model, Q
from django.utils.module_loading import autodiscover_modules

from conference.privacy.words import Basis, Group

DAY = timedelta(days=1)
Words = Any  # text, translated when it is shown
Made = tuple[str, bytes]  # the name of a file, and what is in it


@dataclass(frozen=True)
class Rule:
    """When something is deleted by itself, and what does it: `run` says how many it concerned.

    What a transaction does not bring back, as a file, has a `count` beside it that deletes nothing.
    """

    name: str
    words: Words
    run: Callable[[datetime], int]
    every: timedelta = DAY
    count: Callable[[datetime], int] | None = None


Until = Words | Rule


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What is kept for one purpose, seen by the same people, and deleted at the same time."""

    group: Group
    what: Words
    purpose: Words
    basis: Basis
    seen_by: Words
    until: Until

    @property
    def until_words(self) -> Words:
        return self.until.words if isinstance(self.until, Rule) else self.until


@dataclass(frozen=True, kw_only=True)
class Personal(Kept):
    """Fields of one table. `of` leads to the account, `addressed` to an address of the person.

    `beside` are fields that say what the others are about. With `not_handed_out`, which says why, nothing of it
    stands in "my data": a secret, or a copy of what stands there already.
    """

    fields: tuple[str, ...]
    of: tuple[str, ...] = ()
    addressed: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    not_handed_out: str = ""
    whose: Callable[[Any], Q] | None = None  # rows of a user, where no lookup alone tells
    read: Callable[[Any], dict[str, Any]] | None = None  # instead of the fields as they are


@dataclass
class Table:
    """What is said of the fields of one model; of personal ones by `keeps`, of all others by `plain`."""

    label: str
    of: tuple[str, ...] = ()
    addressed: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    personal: list[Personal] = field(default_factory=list)
    others: dict[str, str] = field(default_factory=dict)  # field → why it is not personal
    makes: list[Callable[[Any], list[Made]]] = field(
        default_factory=list
    )  # files made from a row, for "my data"

    @property
    def model(self) -> type[Model]:
        return apps.get_model(self.label)

    def keeps(
        self, fields: str, *, of: str = "", addressed: str = "", beside: str = "", **said: Any
    ) -> "Table":
        """These fields are personal; where they belong to whom the table as a whole does not, `of` says to whom."""
        paths = (tuple(of.split()), tuple(addressed.split()))
        owner = paths if any(paths) else (self.of, self.addressed)
        self.personal.append(
            Personal(
                fields=tuple(fields.split()),
                of=owner[0],
                addressed=owner[1],
                beside=tuple(beside.split()) or self.beside,
                **said,
            )  # fmt: skip
        )
        return self

    def plain(self, fields: str, reason: str) -> "Table":
        """These fields say nothing about a person."""
        self.others |= dict.fromkeys(fields.split(), reason)
        return self


@dataclass(frozen=True, kw_only=True)
class Elsewhere(Kept):
    """What is kept in no table: in a file, in memory, in a log, on the visitor's own device."""


TABLES: dict[str, Table] = {}
ELSEWHERE: list[Elsewhere] = []


def table(label: str, *, of: str = "", addressed: str = "", beside: str = "") -> Table:
    """Begin what is said of a model: `of` and `addressed` are lookups to the account or an address of its person."""
    made = Table(label, tuple(of.split()), tuple(addressed.split()), tuple(beside.split()))
    if label in TABLES:
        raise ValueError(f"The register speaks of {label} twice.")
    TABLES[label] = made
    return made


def not_personal(label: str, fields: str, reason: str) -> None:
    """A whole table that says nothing about people."""
    table(label).plain(fields, reason)


def elsewhere(**said: Any) -> None:
    ELSEWHERE.append(Elsewhere(**said))


@cache
def _collect() -> None:
    autodiscover_modules("personal")


def tables() -> list[Table]:
    """All that is said, app by app."""
    _collect()
    return list(TABLES.values())


def everything_kept() -> list[Kept]:
    """Each entry, in the order of the groups."""
    found: list[Kept] = [one for each in tables() for one in each.personal] + list(ELSEWHERE)
    order = list(Group)
    return sorted(found, key=lambda one: order.index(one.group))


def rules() -> list[Rule]:
    """Each rule once, however many fields go by it."""
    found = [one.until for one in everything_kept() if isinstance(one.until, Rule)]
    return list({rule.name: rule for rule in found}.values())
