"""A closed account is gone from former states too: whose they were, what they said of it, and its name in texts."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Max

from conference.models import User
from conference.trail.looking import text_columns
from conference.trail.records import TRACKED, Tracked

ERASED = 0  # stands where a person stood who is known no longer


def erase_person(key: int) -> None:
    """Call it when the account is gone: its deletion leaves a state as well."""
    for kind in TRACKED.values():
        rows = kind.history._base_manager
        rows.filter(history_user_id=key).update(history_user_id=ERASED)
        if kind.person:
            erase_states_of(kind, key)
        for column in lines_to_people(kind):
            rows.filter(**{column: key}).update(**{column: None})


def erase_states_of(kind: Tracked, key: int) -> None:
    """Of what was theirs stays the last state, if it is nobody's by then."""
    own, rows = kind.records.key, kind.history._base_manager
    column = own if kind.person == "id" else f"{kind.person}_id"
    theirs = rows.filter(**{column: key})
    objects = list(theirs.order_by().values_list(own, flat=True).distinct())
    of_them = rows.filter(**{f"{own}__in": objects})
    last = set(of_them.order_by().values(own).annotate(last=Max("history_id")).values_list("last", flat=True))
    of_them.exclude(pk__in=last).delete()
    theirs.delete()


def lines_to_people(kind: Tracked) -> Iterable[str]:
    for one in kind.history._meta.concrete_fields:
        if isinstance(one, models.ForeignKey) and one.remote_field.model is User:
            yield one.attname


def texts_kept() -> Iterable[tuple[Any, list[str]]]:
    """Rows of each kind of former state, and their columns that hold words."""
    for kind in TRACKED.values():
        if columns := list(text_columns(kind)):
            yield kind.history._base_manager.all(), columns
