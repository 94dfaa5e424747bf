"""Lines of the trail: a state, the one before it, who made it, and what they changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from conference.models import User
from conference.trail.differences import Difference, Names, differences, name_of
from conference.trail.records import CHANGED, DELETED, MADE, Tracked

NOBODY = "–"


@dataclass(frozen=True)
class Entry:
    kind: Tracked
    state: Any
    name: str
    who: str
    differences: list[Difference]

    @property
    def when(self) -> datetime:
        return self.state.history_date

    @property
    def what(self) -> str:
        words = {MADE: _("made"), CHANGED: _("changed"), DELETED: _("deleted")}
        return words[self.state.history_type]

    @property
    def is_deletion(self) -> bool:
        return self.state.history_type == DELETED

    @property
    def reason(self) -> str:
        return self.state.history_change_reason or ""

    @property
    def kind_words(self) -> str:
        return str(self.kind.model._meta.verbose_name)

    @property
    def key(self) -> Any:
        return getattr(self.state, self.kind.records.key)


def entries(found: Sequence[tuple[Tracked, Any]]) -> list[Entry]:
    """In the order given: pairs of a kind and the key of a state. Queries for each kind, not for each state."""
    states, former, names = {}, {}, Names()
    for kind in dict.fromkeys(kind for kind, _key in found):
        keys = [key for other, key in found if other is kind]
        states[kind.label] = with_former(kind, keys)
        before = {state.former for state in states[kind.label].values()} - {None}
        former[kind.label] = kind.history._base_manager.in_bulk(before) if before else {}
        names.want(kind, [*states[kind.label].values(), *former[kind.label].values()])
    names.ask()
    people = people_of(state for some in states.values() for state in some.values())
    return [
        entry(kind, states[kind.label][key], former[kind.label], names, people)
        for kind, key in found
        if key in states[kind.label]
    ]


def with_former(kind: Tracked, keys: Iterable[Any]) -> dict[Any, Any]:
    """The states, each with the key of the one before it."""
    own, rows = kind.records.key, kind.history._base_manager
    before = rows.filter(**{own: OuterRef(own)}, history_id__lt=OuterRef("history_id"))
    key = Subquery(before.order_by("-history_id").values("history_id")[:1])
    return {one.pk: one for one in rows.filter(pk__in=list(keys)).annotate(former=key)}


def people_of(states: Iterable[Any]) -> dict[int | None, str]:
    keys = {state.history_user_id for state in states} - {None, 0}
    known: dict[int | None, str] = dict(User.objects.filter(pk__in=keys).values_list("pk", "name"))
    return {None: pgettext("who did it", "the site"), **known}


def entry(kind: Tracked, state: Any, former: dict[Any, Any], names: Names, people: dict) -> Entry:
    before = former.get(state.former)
    # Of a row that was there before its states were kept nobody knows what changed first.
    is_unknown = state.history_type == DELETED or (state.history_type == CHANGED and before is None)
    changes = [] if is_unknown else differences(kind, before, state, names)
    return Entry(kind, state, name_of(kind, state, names), people.get(state.history_user_id, NOBODY), changes)


def current(kind: Tracked, row: Any) -> Any:
    """The state in which the object is now, written down or not."""
    records = kind.records
    return kind.history(
        **records.state_of(row), linked=records.links_of(row, CHANGED, None), history_type=CHANGED
    )
