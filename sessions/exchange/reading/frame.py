"""What a file says of the conference as a whole: its name, days, zone, and the length of its steps."""

from collections.abc import Iterable
from datetime import tzinfo
from typing import Any

from django.utils.translation import gettext as _

from sessions.exchange.reading import moments, texts
from sessions.exchange.reading.addresses import is_web
from sessions.exchange.reading.durations import minutes_of
from sessions.exchange.reading.facts import Facts, Frame, room_name
from sessions.exchange.schedule import Event, Room, Schedule, Track

COLOR_DIGITS = set("0123456789abcdefABCDEF")


def frame_of(conference: Facts, bases: Iterable[Any], generator: Any, zone: tzinfo, frame: Frame) -> Frame:
    """Fill the frame; `bases` are the addresses that relative ones may be joined with, best first."""
    name = texts.line(
        conference.get("time_zone_name", "time_zone"), conference.where("time_zone_name"), frame.remarks
    )
    found = moments.zone_of(name)
    if name and not found:
        words = _("the time zone “%(name)s” is unknown; the edition's own is taken.") % {"name": name[:60]}
        frame.remarks.add(conference.where("time_zone_name"), words)
    frame.zone = found or zone
    addresses = (texts.said(base, "").strip() for base in bases)
    frame.base = next((base for base in addresses if is_web(base)), "")
    timeslot = minutes_of(conference.get("timeslot_duration"))
    frame.timeslot = timeslot if timeslot and 1 <= timeslot <= 24 * 60 else 5
    frame.days_first = "pretalx" in str(generator or "").lower()
    return frame


def schedule_of(
    conference: Facts,
    version: Any,
    frame: Frame,
    rooms: Iterable[Room],
    tracks: Iterable[Track],
    events: list[Event],
) -> Schedule:
    where, remarks = conference.where, frame.remarks
    starts_on, ends_on = days_of(conference, events, frame)
    zone_name = texts.said(conference.get("time_zone_name"), where("time_zone_name")).strip()
    website = texts.line(conference.get("url"), where("url"), remarks)
    return Schedule(
        acronym=texts.line(conference.get("acronym"), where("acronym"), remarks),
        title=texts.line(conference.get("title"), where("title"), remarks),
        starts_on=starts_on,
        ends_on=ends_on,
        time_zone=zone_name if moments.zone_of(zone_name) else "",
        version=texts.line(version, "version", remarks),
        base_url=frame.base,
        timeslot_minutes=frame.timeslot,
        rooms=tuple(all_rooms(rooms, events)),
        tracks=tuple(all_tracks(tracks, events)),
        events=tuple(events),
        description=texts.prose(conference.get("description"), where("description"), remarks),
        url=website if is_web(website) else "",
    )


def days_of(conference: Facts, events: list[Event], frame: Frame) -> tuple[Any, Any]:
    """The days given, else those of the events; never an end before its start."""
    starts_on, ends_on = (moments.day_of(conference.get(name)) for name in ("start", "end"))
    timed = sorted(event.starts_at for event in events if event.starts_at)
    if timed:
        starts_on = starts_on or timed[0].astimezone(frame.zone).date()
        ends_on = ends_on or timed[-1].astimezone(frame.zone).date()
    return (starts_on, ends_on) if starts_on and ends_on and ends_on >= starts_on else (starts_on, starts_on)


def room_of(facts: Facts, frame: Frame) -> Room | None:
    where, remarks = facts.where, frame.remarks
    name = room_name(facts.get("name"), where("name"), remarks)
    return (
        name
        and Room(  # type: ignore[return-value]
            name=name,
            guid=texts.guid(facts.get("guid"), where("guid"), remarks),
            slug=texts.line(facts.get("slug"), where("slug"), remarks, 80),
            description=texts.line(facts.get("description"), where("description"), remarks),
            capacity=texts.whole_number(facts.get("capacity")),
        )
        or None
    )


def track_of(facts: Facts, frame: Frame) -> Track | None:
    where, remarks = facts.where, frame.remarks
    name = texts.line(facts.get("name"), where("name"), remarks, 120)
    color = texts.line(facts.get("color"), where("color"), remarks, 20)
    is_color = len(color) == 7 and color[0] == "#" and set(color[1:]) <= COLOR_DIGITS
    slug = texts.line(facts.get("slug"), where("slug"), remarks, 80)
    return Track(name=name, slug=slug, color=color.lower() if is_color else "") if name else None


def all_rooms(listed: Iterable[Room], events: list[Event]) -> Iterable[Room]:
    """Those listed first, each name once; a later mention adds what an earlier one left open."""
    by_name: dict[str, Room] = {}
    for room in [*listed, *(Room(event.room) for event in events if event.room)]:
        known = by_name.get(room.name)
        by_name[room.name] = room if known is None else joined(known, room)
    return by_name.values()


def joined(known: Room, other: Room) -> Room:
    return Room(
        known.name,
        known.guid or other.guid,
        known.slug or other.slug,
        known.description or other.description,
        other.capacity if known.capacity is None else known.capacity,
    )


def all_tracks(listed: Iterable[Track], events: list[Event]) -> Iterable[Track]:
    by_name: dict[str, Track] = {}
    for track in [*listed, *(Track(event.track) for event in events if event.track)]:
        by_name.setdefault(track.name, track)
    return by_name.values()
