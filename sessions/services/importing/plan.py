"""What an import would do to each row: make it, change these fields, or leave it."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.db.models import Model

from conference.models import Edition, Room, Venue
from sessions.exchange.reading.refusals import Remarks
from sessions.models import Appearance, Session, SessionLink, SessionType, Slot, Track
from speakers.models import Speaker

Row = TypeVar("Row", bound=Model)
CODES = [code for code, _name in settings.LANGUAGES]


@dataclass
class Change(Generic[Row]):
    """One row with its new values set in memory; `fields` names what differs, `columns` what to store."""

    row: Row
    is_new: bool = False
    fields: dict[str, tuple[str, str]] = field(default_factory=dict)
    columns: set[str] = field(default_factory=set)

    @property
    def is_left(self) -> bool:
        return not self.is_new and not self.fields

    def give(self, column: str, value: Any) -> None:
        """Set a value; an empty one erases nothing."""
        before = getattr(self.row, column)
        if value in ("", None) or before == value:
            return
        setattr(self.row, column, value)
        self.columns.add(column)
        self.say(column, before, value)

    def give_text(self, name: str, value: str, language: str = "") -> None:
        """Set a translated text, unless one of its languages says just that."""
        texts = {code: getattr(self.row, f"{name}_{code}") or "" for code in CODES}
        if not value or value in texts.values():
            return
        code = language if language in texts else next(filter(texts.get, texts), CODES[0])
        self.give(f"{name}_{code}", value)
        if f"{name}_{code}" in self.fields:
            self.fields[name] = self.fields.pop(f"{name}_{code}")

    def say(self, name: str, before: Any, after: Any) -> None:
        """Name a difference for the preview; a new row needs no list of them."""
        if not self.is_new:
            self.fields[name] = (shown(before), shown(after))

    @property
    def words(self) -> list[str]:
        """The names of the fields that differ, as a form calls them."""
        return [label(self.row, name) for name in self.fields]


def shown(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, default=str) if isinstance(value, dict) else str(value or "")
    return text if len(text) <= 120 else f"{text[:119]}…"


def label(row: Model, name: str) -> str:
    from sessions.services.importing.words import LABELS

    if name in LABELS:
        return str(LABELS[name])
    return str(getattr(row._meta.get_field(name), "verbose_name", name))


@dataclass
class Plan:
    """All that an import would do to an edition; made without touching the database."""

    edition: Change[Edition]
    remarks: Remarks
    venue: Venue | None = None  # a new one
    rooms: list[Change[Room]] = field(default_factory=list)
    tracks: list[Change[Track]] = field(default_factory=list)
    types: list[Change[SessionType]] = field(default_factory=list)
    speakers: list[Change[Speaker]] = field(default_factory=list)
    sessions: list[Change[Session]] = field(default_factory=list)
    slots: list[Change[Slot]] = field(default_factory=list)
    appearances: list[Change[Appearance]] = field(default_factory=list)
    links: list[Change[SessionLink]] = field(default_factory=list)
    untouched: dict[str, int] = field(default_factory=dict)  # in the edition, not in the file

    def shown_kinds(self) -> dict[str, list[Change[Any]]]:
        return {
            "sessions": self.sessions,
            "speakers": self.speakers,
            "rooms": self.rooms,
            "tracks": self.tracks,
            "types": self.types,
        }

    def everything(self) -> Iterator[Change[Any]]:
        yield self.edition
        for changes in (*self.shown_kinds().values(), self.slots, self.appearances, self.links):
            yield from changes

    @property
    def does_nothing(self) -> bool:
        return not self.venue and all(change.is_left and not change.columns for change in self.everything())

    def fingerprint(self) -> str:
        """The same for the same steps: what was confirmed is what is done."""
        said = hashlib.sha256()
        for change in self.everything():
            row = change.row
            step = [row._meta.label_lower, row.pk, change.is_new, str(row), sorted(change.fields.items())]
            said.update(json.dumps(step, default=str).encode("utf-8", "replace"))
        return said.hexdigest()


def new_and_changed(changes: Iterable[Change[Row]]) -> tuple[list[Row], list[Row], list[str]]:
    """New rows, changed rows, and the columns in which any of these differs."""
    kept = list(changes)
    changed = [change for change in kept if not change.is_new and change.columns]
    columns = sorted({column for change in changed for column in change.columns})
    return [change.row for change in kept if change.is_new], [change.row for change in changed], columns
