"""Copy what an edition owns on this floor: itself, its organisations, pages, venues and rooms; never a person's data."""

import uuid
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Model
from django.db.models.base import ModelState
from django.utils.translation import gettext as _
from modeltranslation.utils import build_localized_fieldname

from conference.models import Edition, EditionOrganisation, Page, PartOf, Room, Venue
from conference.trail.records import MADE, note

Row = TypeVar("Row", bound=Model)


class AddressTaken(Exception):  # noqa: N818  a refusal, not an error
    """Another edition has the address."""

    def __str__(self) -> str:
        return _("Another edition has this address already.")


@dataclass
class Copied:
    """The new edition, what became of the old one's rows by their keys, and how far its time moves."""

    old: Edition
    edition: Edition
    days: timedelta
    venues: dict[int, Venue] = field(default_factory=dict)
    rooms: dict[int, Room] = field(default_factory=dict)

    def moved(self, at: datetime | None) -> datetime | None:
        return moved(at, self.days, self.edition.zone) if at else None


def copy_of(row: Row, **changes: Any) -> Row:
    """The same row as a new one that is not saved yet."""
    new = copy(row)
    new._state = ModelState()  # forgets related rows that were read along
    new.pk = None
    for name, value in changes.items():
        setattr(new, name, value)
    return new


def copy_rows(model: type[Row], rows: Any, **changes: Any) -> dict[int, Row]:
    """Copies of these rows by the keys of the old ones, in one query for all."""
    old = list(rows)
    new = [copy_of(row, **changes) for row in old]
    for row in new:
        if hasattr(row, "guid"):
            row.guid = uuid.uuid4()
    model._default_manager.bulk_create(new)
    note(new, MADE)
    return {row.pk: made for row, made in zip(old, new, strict=True)}


def moved(at: datetime, days: timedelta, zone: ZoneInfo) -> datetime:
    """The same time on the clock of this zone, so many days later; an hour that is skipped there comes an hour later."""
    clock = at.astimezone(zone).replace(tzinfo=None) + days
    return clock.replace(tzinfo=zone).astimezone(UTC)


def copy_edition(
    *, edition: Edition, title: str, short_title: str, slug: str, starts_on: date, ordinal: int | None = None
) -> Copied:
    """A new edition, unpublished and not on the front page; call it in a transaction. Raises AddressTaken."""
    # Who presses twice waits here for the first press, and then finds the address taken.
    edition = Edition.objects.select_for_update(no_key=True, of=("self",)).get(pk=edition.pk)
    if Edition.objects.filter(slug=slug).exists():
        raise AddressTaken
    days = starts_on - (edition.starts_on or starts_on)
    new = copy_of(
        edition,
        slug=slug,
        ordinal=ordinal,
        starts_on=starts_on,
        ends_on=edition.ends_on + days if edition.ends_on else None,
        date_precision=Edition.Precision.DAY,
        is_published=False,
        is_front_page=False,
        registration_opens_at=at_new(edition, edition.registration_opens_at, days),
        registration_closes_at=at_new(edition, edition.registration_closes_at, days),
        presentations_due_at=at_new(edition, edition.presentations_due_at, days),
        presentations_open_from=at_new(edition, edition.presentations_open_from, days),
    )
    put_words(new, title=title, short_title=short_title)
    new.save()
    copied = Copied(edition, new, days)
    copy_rows(EditionOrganisation, edition.parts.all(), edition=new)  # type: ignore[attr-defined]
    copy_rows(PartOf, edition.part_of.all(), edition=new)  # type: ignore[attr-defined]
    copy_rows(Page, edition.pages.all(), edition=new)  # type: ignore[attr-defined]
    copied.venues = copy_rows(Venue, edition.venues.all(), edition=new)  # type: ignore[attr-defined]
    copied.rooms = copy_rooms(copied)
    return copied


def at_new(edition: Edition, at: datetime | None, days: timedelta) -> datetime | None:
    return moved(at, days, edition.zone) if at else None


def put_words(row: Model, **words: str) -> None:
    """In the language of the page; what the other languages said belongs to the old row."""
    for name, said in words.items():
        for language, _name in settings.LANGUAGES:
            setattr(row, build_localized_fieldname(name, language), None)
        setattr(row, name, said)


def copy_rooms(copied: Copied) -> dict[int, Room]:
    old = list(Room.objects.filter(venue__edition=copied.old))
    new = [copy_of(room, guid=uuid.uuid4(), venue=copied.venues[room.venue_id]) for room in old]
    Room.objects.bulk_create(new)
    note(new, MADE)
    return {room.pk: made for room, made in zip(old, new, strict=True)}
