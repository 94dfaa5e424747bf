"""Writes a schedule as frab JSON, in the shape that frab, pretalx and their readers share.

In:  a `Schedule`. Out: UTF-8 bytes, valid against the format's schema. What the format wants otherwise is made fit:
     control characters are dropped, addresses that are not of the web, codes and slugs that are not of its pattern
     and a zone that is not "Area/City" are left out; an event whose slug does not fit is called by its number.
     A person has a `name`, never a `public_name` too: with both the schema no longer knows which shape it is.
Source of the format: https://c3voc.de/wiki/schedule and its schema.json.
"""

import json
import re
from collections.abc import Iterable
from typing import Any

from sessions.exchange.days import Day, Timed, days_of
from sessions.exchange.schedule import WHOLE_VENUE, Link, Person, Room, Schedule, Track
from sessions.exchange.words import acronym_of, clean, hours, web_address

SCHEMA = "https://c3voc.de/schedule/schema.json"
GENERATOR = "conference"
CODE = re.compile(r"[A-Z0-9]+")
SLUG = re.compile(r"[a-z0-9_-]+[a-z0-9]")
ZONE = re.compile(r"[A-Z][a-z]+/[A-Z][a-z]+.*|.*UTC")
LINK_TYPES = {"slides", "paper", "web", "blog", "article", "media", "related", "activitypub"}


def write(schedule: Schedule) -> bytes:
    said = {
        "$schema": SCHEMA,
        "generator": {"name": GENERATOR},
        "schedule": {
            "version": clean(schedule.version),
            **filled(base_url=web_address(schedule.base_url)),
            "conference": conference(schedule),
        },
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def filled(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in ("", None)}


def fitting(pattern: re.Pattern[str], words: str) -> str:
    return words if pattern.fullmatch(words) else ""


def conference(schedule: Schedule) -> dict[str, Any]:
    days = days_of(schedule)
    return {
        "acronym": acronym_of(schedule.acronym),
        "title": clean(schedule.title),
        **filled(description=clean(schedule.description), url=web_address(schedule.url)),
        "start": str(days[0].date) if days else "",
        "end": str(days[-1].date) if days else "",
        "daysCount": len(days),
        "timeslot_duration": hours(schedule.timeslot_minutes),
        **filled(time_zone_name=fitting(ZONE, schedule.time_zone)),
        "tracks": [track_of(track) for track in schedule.tracks],
        "rooms": [room_of(room) for room in schedule.rooms if room.guid],
        "days": [day_of(day) for day in days],
    }


def track_of(track: Track) -> dict[str, Any]:
    return {"name": clean(track.name), **filled(slug=fitting(SLUG, track.slug), color=track.color)}


def room_of(room: Room) -> dict[str, Any]:
    said = {"name": clean(room.name), "guid": room.guid, **filled(slug=fitting(SLUG, room.slug))}
    return said | {"description": clean(room.description) or None, "capacity": room.capacity}


def day_of(day: Day) -> dict[str, Any]:
    return {
        "index": day.index,
        "date": str(day.date),
        "day_start": day.starts_at.isoformat(),
        "day_end": day.ends_at.isoformat(),
        "rooms": {clean(name): [event_of(timed) for timed in events] for name, events in day.rooms.items()},
    }


def event_of(timed: Timed) -> dict[str, Any]:
    event = timed.event
    said = {
        "guid": event.guid,
        "id": event.id,
        **filled(code=fitting(CODE, event.code)),
        "date": timed.starts_at.isoformat(),
        "start": f"{timed.starts_at:%H:%M}",
        "duration": hours(event.minutes),
        "room": clean(event.room or WHOLE_VENUE),
        "slug": fitting(SLUG, event.slug.lower()) or f"event-{event.id}",
        "url": event.url,
        "recording_license": clean(event.recording_license),
        "do_not_record": event.do_not_record,
        "persons": [person_of(person) for person in event.persons],
        "links": links_of(event.links),
        "attachments": links_of(event.attachments),
    }
    for name in ("title", "subtitle", "track", "type", "language", "abstract", "description"):
        said[name] = clean(getattr(event, name))
    for name in ("logo", "feedback_url", "origin_url"):
        said |= filled(**{name: web_address(getattr(event, name))})
    return said


def person_of(person: Person) -> dict[str, Any]:
    return {
        "name": clean(person.name),
        **filled(
            guid=person.guid,
            id=person.id,
            code=fitting(CODE, person.code),
            biography=clean(person.biography),
            avatar=web_address(person.avatar),
            url=web_address(person.url),
        ),
    }


def links_of(links: Iterable[Link]) -> list[dict[str, str]]:
    return [
        {"url": link.url} | filled(title=clean(link.title), type=link.type if link.type in LINK_TYPES else "")
        for link in links
    ]
