"""A plan in the words of its preview, cut where nobody reads on."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sessions.services.importing import Change, Plan
from sessions.services.importing.plan import label
from sessions.services.importing.words import KINDS

MOST_SHOWN = 200


@dataclass(frozen=True)
class Difference:
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class KindOfRows:
    """The rows of one kind: how many, and the first of them by name."""

    words: Any
    changes: list[Change[Any]]
    untouched: int | None

    @cached_property
    def new(self) -> list[Change[Any]]:
        return [change for change in self.changes if change.is_new]

    @cached_property
    def changed(self) -> list[Change[Any]]:
        return [change for change in self.changes if not change.is_new and not change.is_left]

    @property
    def left(self) -> int:
        return len(self.changes) - len(self.new) - len(self.changed)

    def new_names(self) -> list[str]:
        return [str(change.row) for change in self.new[:MOST_SHOWN]]

    def more_new(self) -> int:
        return max(0, len(self.new) - MOST_SHOWN)

    def changed_rows(self) -> list[tuple[str, list[Difference]]]:
        return [(str(change.row), differences(change)) for change in self.changed[:MOST_SHOWN]]

    def more_changed(self) -> int:
        return max(0, len(self.changed) - MOST_SHOWN)


class ImportPage:
    """What the preview shows."""

    def __init__(self, plan: Plan) -> None:
        self.does_nothing = plan.does_nothing
        self.remarks, self.more_remarks = plan.remarks.kept, plan.remarks.dropped
        self.edition = differences(plan.edition)
        self.venue = plan.venue
        self.kinds = [
            KindOfRows(KINDS[kind], changes, plan.untouched.get(kind))
            for kind, changes in plan.shown_kinds().items()
        ]


def differences(change: Change[Any]) -> list[Difference]:
    return [
        Difference(label(change.row, name), before, after) for name, (before, after) in change.fields.items()
    ]
