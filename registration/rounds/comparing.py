"""What one result changes for people against the one before."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from registration.models import Allocation


@dataclass(frozen=True)
class Change:
    """One person: better, worse, placed, lost, other (neither is ranked), or gone."""

    kind: str
    before: str  # the title of the workshop, or nothing

    @property
    def words(self) -> str:
        if not self.before:
            return _("before: without a place")
        return _("before: “%(title)s”") % {"title": self.before}


def changes_between(before: Allocation, after: Allocation) -> dict[int, Change]:
    """By registration, only those for whom something changed."""
    old, new = places_in(before), places_in(after)
    found = {}
    for registration, (choice, rank, title) in old.items():
        now = new.get(registration)
        if now is None:
            found[registration] = Change("gone", title)
        elif now[0] != choice:
            found[registration] = Change(kind_of(choice, rank, now), title)
    for registration, (choice, _rank, _title) in new.items():
        if registration not in old and choice:
            found[registration] = Change("placed", "")
    return found


def kind_of(choice: int | None, rank: int | None, now: tuple[Any, ...]) -> str:
    if choice is None:
        return "placed"
    if now[0] is None:
        return "lost"
    if rank is None or now[1] is None:
        return "other"
    return "better" if now[1] < rank else "worse"


def places_in(allocation: Allocation) -> dict[int, tuple[int | None, int | None, str]]:
    rows = allocation.places.select_related("choice__workshop")  # type: ignore[attr-defined]
    return {
        row.registration_id: (row.choice_id, row.rank, row.choice.workshop.title if row.choice else "")
        for row in rows
    }
