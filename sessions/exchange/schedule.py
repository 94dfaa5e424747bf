"""A timetable as exchange formats know it, between the database and a file; knows neither.

Writers take a `Schedule`, readers return one. Moments are aware datetimes, `minutes` is a whole number of at least
one, texts are plain text or Markdown and never HTML, an empty value is "" (or None where the type says so).

- `Schedule.rooms` and `.tracks` are in the order of the programme; `.events` by start, then room, then guid. An
  event without a start has no time yet: readers may return it, writers leave it out.
- `Event.guid` is the guid of its slot; a session whose slots all have guids of their own lends its guid to the first.
- `Event.id`, `.guid` and `.slug` occur once in a schedule; `.code` stands only at a session's first event.
- `Event.room` is the name of a room, "" for the whole venue. Formats that want a name get `WHOLE_VENUE`, and a
  reader turns that name back into "". `.track` and `.type` are names; `.language` is a code such as "en".
- `Event.url` is the address of its page here; `.origin_url` that in the house it came from. Addresses of pictures,
  links and attachments are absolute: readers join relative ones with the base address of their file.
- `Link.type` is the format's own word ("slides", "web"…), often "".
- `Person.id` and `.guid` are those of one person in all events. `Person.email` is read to know people again and
  never written.

What an import knew and the house has no field for, it keeps in `Session.origin` and `Speaker.origin`, by the names
of the fields here and only where there is something to keep, so that an export says it again:

- Session.origin: `id` (int), `code`, `slug` (where the session's own differs), `logo`, `feedback_url`,
  `origin_url` (str), `type` (str, where it has no session type), `link_types` ({address: type}), `extra` (dict);
- Speaker.origin: `id` (int), `code`, `avatar`, `url` (str), `guid_given` (bool: the file had one).

A session that takes place several times says the first of these things at its first event only.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

WHOLE_VENUE = "Whole venue"


@dataclass(frozen=True)
class Link:
    url: str
    title: str = ""
    type: str = ""


@dataclass(frozen=True)
class Person:
    name: str
    guid: str = ""
    id: int | None = None
    code: str = ""
    biography: str = ""
    avatar: str = ""
    url: str = ""
    email: str = ""


@dataclass(frozen=True)
class Room:
    name: str
    guid: str = ""
    slug: str = ""
    description: str = ""
    capacity: int | None = None


@dataclass(frozen=True)
class Track:
    name: str
    slug: str = ""
    color: str = ""  # #rrggbb


@dataclass(frozen=True)
class Event:
    """One thing at one time in one room."""

    guid: str
    id: int | None
    starts_at: datetime | None
    minutes: int
    room: str = ""
    slug: str = ""
    title: str = ""
    subtitle: str = ""
    track: str = ""
    type: str = ""
    language: str = ""
    abstract: str = ""
    description: str = ""
    persons: tuple[Person, ...] = ()
    links: tuple[Link, ...] = ()
    attachments: tuple[Link, ...] = ()
    recording_license: str = ""
    do_not_record: bool = False
    url: str = ""
    logo: str = ""
    code: str = ""
    feedback_url: str = ""
    origin_url: str = ""
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Schedule:
    acronym: str
    title: str
    starts_on: date | None
    ends_on: date | None
    time_zone: str
    version: str
    base_url: str = ""
    timeslot_minutes: int = 5
    rooms: tuple[Room, ...] = ()
    tracks: tuple[Track, ...] = ()
    events: tuple[Event, ...] = ()
    description: str = ""
    url: str = ""
