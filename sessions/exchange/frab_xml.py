"""Writes a schedule as frab XML, which programme apps, video crews and door screens of the field read.

In:  a `Schedule`. Out: UTF-8 bytes, valid against the schema of the format. What the format wants otherwise is made
     fit: control characters are dropped, a duration of 100 hours or more says 99:59, addresses that are not of the
     web, codes and slugs that are not of its pattern are left out. Markdown stays as it was written.
Source of the format: https://c3voc.de/wiki/schedule and its schedule.xml.xsd.
"""

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from sessions.exchange.days import Day, Timed, days_of
from sessions.exchange.schedule import WHOLE_VENUE, Event, Link, Person, Schedule, Track
from sessions.exchange.words import acronym_of, clean, hours, web_address

CODE = re.compile(r"[0-9A-Z]{6}")
COLOR = re.compile(r"#[0-9a-fA-F]{6}")
EVENT_SLUG = re.compile(r"[a-z0-9_]{4,}-[a-z0-9_-]{4,}")
TRACK_SLUG = re.compile(r"[a-z][a-z0-9-]+")
LONGEST = 99 * 60 + 59  # minutes
GENERATOR = "conference"


def write(schedule: Schedule) -> bytes:
    return "".join(lines(schedule)).encode()


def lines(schedule: Schedule) -> Iterator[str]:
    """The file piece by piece, an event a piece."""
    guids = {room.name: room.guid for room in schedule.rooms}
    days = days_of(schedule)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<schedule>\n'
    yield f"<generator{attributes(name=GENERATOR)}/>\n{tag('version', schedule.version)}\n"
    yield conference(schedule, days)
    for day in days:
        start, end = day.starts_at.isoformat(), day.ends_at.isoformat()
        yield f"<day{attributes(index=day.index, date=day.date, start=start, end=end)}>\n"
        for name, events in day.rooms.items():
            yield f"<room{attributes(always=('name',), name=name, guid=guids.get(name, ''))}>\n"
            yield from (event_lines(timed) for timed in events)
            yield "</room>\n"
        yield "</day>\n"
    yield "</schedule>\n"


def tag(name: str, words: object, **attrs: object) -> str:
    return f"<{name}{attributes((), **attrs)}>{escape(clean(str(words)))}</{name}>"


def attributes(always: Iterable[str] = (), **attrs: object) -> str:
    """Those that say something, and those that have to stand there."""
    said = [(name, str(value)) for name, value in attrs.items() if value not in ("", None) or name in always]
    return "".join(f" {name}={quoteattr(clean(value))}" for name, value in said)


def conference(schedule: Schedule, days: list[Day]) -> str:
    said = [
        tag("acronym", acronym_of(schedule.acronym)),
        tag("title", schedule.title),
        *([tag("start", days[0].date), tag("end", days[-1].date)] if days else []),
        tag("days", len(days)),
        tag("timeslot_duration", hours(schedule.timeslot_minutes)),
        *filled(base_url=web_address(schedule.base_url), url=web_address(schedule.url)),
        tag("time_zone_name", schedule.time_zone),
        *(track_tag(track) for track in schedule.tracks),
    ]
    return "<conference>\n" + "\n".join(said) + "\n</conference>\n"


def track_tag(track: Track) -> str:
    color = track.color if COLOR.fullmatch(track.color) else ""
    slug = track.slug if TRACK_SLUG.fullmatch(track.slug) else ""
    return f"<track{attributes(always=('name',), name=track.name, color=color, slug=slug)}/>"


def filled(**elements: str) -> list[str]:
    return [tag(name, words) for name, words in elements.items() if words]


def event_lines(timed: Timed) -> str:
    event = timed.event
    code = event.code if CODE.fullmatch(event.code) else ""
    said = [
        tag("date", timed.starts_at.isoformat()),
        tag("start", f"{timed.starts_at:%H:%M}"),
        tag("duration", hours(min(event.minutes, LONGEST))),
        tag("room", event.room or WHOLE_VENUE),
        *filled(slug=event.slug if EVENT_SLUG.fullmatch(event.slug) else ""),
        *(tag(name, getattr(event, name)) for name in ("title", "subtitle", "track", "type", "language")),
        *(tag(name, getattr(event, name)) for name in ("abstract", "description")),
        recording(event),
        "<persons>", *(person_tag(person) for person in event.persons), "</persons>",
        "<links>", *link_tags("link", event.links), "</links>",
        "<attachments>", *link_tags("attachment", event.attachments), "</attachments>",
        *filled(**{name: web_address(getattr(event, name)) for name in ("logo", "url", "feedback_url", "origin_url")}),
    ]  # fmt: skip
    return (
        f"<event{attributes(guid=event.guid, id=event.id, code=code)}>\n" + "\n".join(said) + "\n</event>\n"
    )


def recording(event: Event) -> str:
    optout = "true" if event.do_not_record else "false"
    return f"<recording>{tag('license', event.recording_license)}<optout>{optout}</optout></recording>"


def person_tag(person: Person) -> str:
    return tag("person", person.name, id=person.id, guid=person.guid)


def link_tags(name: str, links: Iterable[Link]) -> Iterator[str]:
    return (tag(name, link.title, href=link.url, type=link.type) for link in links)
