"""The schedule as JSON, as frab, pretalx and others of the field write it."""

import json
from datetime import time, tzinfo
from typing import Any

from django.utils.translation import gettext as _

from sessions.exchange.reading import moments
from sessions.exchange.reading.facts import MOST_EVENTS, Day, Facts, Frame, event_of
from sessions.exchange.reading.frame import frame_of, room_of, schedule_of, track_of
from sessions.exchange.reading.refusals import RefusedSchedule
from sessions.exchange.schedule import Event, Room, Schedule

MOST_OBJECTS = 600_000  # each takes much more memory than its two characters
MOST_COMMAS = 3_000_000


def read(data: bytes, *, zone: tzinfo, frame: Frame) -> Schedule:
    """The schedule in this file; raises RefusedSchedule with the path of what is wrong."""
    whole = parsed(data)
    schedule, path = entry(whole, "schedule", "")
    if schedule is None:
        schedule, path = whole, ""
    conference, path = entry(schedule, "conference", path)
    if not isinstance(conference, dict):
        raise RefusedSchedule(_("this JSON is no schedule: it has no conference."), path)
    facts = facts_of(conference, path)
    bases = [schedule.get("base_url"), facts.get("base_url"), facts.get("url"), schedule.get("url")]
    frame_of(facts, bases, whole.get("generator") or schedule.get("generator"), zone, frame)
    events, rooms = read_days(conference, path, frame)
    listed = [room_of(room, frame) for room in many(conference, "rooms", path)]
    tracks = [track_of(track, frame) for track in many(conference, "tracks", path)]
    return schedule_of(
        facts, schedule.get("version"), frame, [*filter(None, listed), *rooms], filter(None, tracks), events
    )


def parsed(data: bytes) -> dict[str, Any]:
    if data.count(b"{") + data.count(b"[") > MOST_OBJECTS or data.count(b",") > MOST_COMMAS:
        raise RefusedSchedule(_("this file has far more parts than a schedule."))
    try:
        text = data.decode(json.detect_encoding(data))
        whole = json.loads(text.removeprefix("\ufeff"), parse_constant=refuse_constant)
    except UnicodeDecodeError as error:
        words = _("the text is not in the encoding that JSON has (UTF-8). Save it as UTF-8.")
        raise RefusedSchedule(words) from error
    except json.JSONDecodeError as error:
        place = _("line %(line)s, column %(column)s") % {"line": error.lineno, "column": error.colno}
        is_at_the_end = error.pos >= len(error.doc.rstrip()) - 1 or error.msg.startswith("Unterminated")
        words = str(_("the file ends in the middle; it was probably cut off while being sent."))
        raise RefusedSchedule(words if is_at_the_end else _("this is no JSON."), place) from error
    except RecursionError as error:
        raise RefusedSchedule(_("this JSON is nested too deeply.")) from error
    except ValueError as error:
        if isinstance(error, RefusedSchedule):
            raise
        raise RefusedSchedule(_("a number in this file is too large.")) from error
    if not isinstance(whole, dict):
        raise RefusedSchedule(_("this JSON is no schedule: it has no conference."))
    return whole


def refuse_constant(name: str) -> None:
    raise RefusedSchedule(_("“%(name)s” is no number that JSON knows.") % {"name": name})


def entry(holder: Any, name: str, path: str) -> tuple[Any, str]:
    return (holder.get(name) if isinstance(holder, dict) else None), f"{path}.{name}" if path else name


def facts_of(values: dict[str, Any], path: str) -> Facts:
    return Facts(values, lambda name: f"{path}.{name}" if name else path)


def listed(value: Any, path: str) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise RefusedSchedule(_("this is no list."), path)
    return value


def mapping(value: Any, path: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise RefusedSchedule(_("this is no object."), path)
    return value


def many(values: dict[str, Any], name: str, path: str, text: str = "name") -> list[Facts]:
    """The objects of a list; a bare text is an object that has only that."""
    found = []
    for index, item in enumerate(listed(values.get(name), f"{path}.{name}")):
        place = f"{path}.{name}[{index}]"
        found.append(facts_of({text: item} if isinstance(item, str) else mapping(item, place), place))
    return found


def read_days(conference: dict[str, Any], path: str, frame: Frame) -> tuple[list[Event], list[Room]]:
    events: list[Event] = []
    rooms: list[Room] = []
    for index, item in enumerate(listed(conference.get("days"), f"{path}.days")):
        place = f"{path}.days[{index}]"
        values = mapping(item, place)
        day = day_of(facts_of(values, place))
        for name, room_path, inside in rooms_of(values.get("rooms"), f"{place}.rooms"):
            room = room_of(facts_of({"name": name}, room_path), frame)
            rooms += [room] if room else []
            for number, event in enumerate(listed(inside, room_path)):
                if len(events) >= MOST_EVENTS:
                    raise RefusedSchedule(
                        _("more than %(limit)s events.") % {"limit": MOST_EVENTS}, room_path
                    )
                events.append(read_event(event, f"{room_path}[{number}]", frame, day, name))
    return events, rooms


def rooms_of(rooms: Any, path: str) -> list[tuple[str, str, Any]]:
    """Name, path and events of each room: an object by name, or a list of objects with a name."""
    if isinstance(rooms, list):
        places = [(mapping(room, f"{path}[{i}]"), f"{path}[{i}].events") for i, room in enumerate(rooms)]
        return [
            (str(room.get("name") or ""), place, room.get("events", room.get("talks")))
            for room, place in places
        ]
    by_name = mapping(rooms or {}, path)
    return [
        (name, f"{path}[{json.dumps(name[:120], ensure_ascii=False)}]", inside)
        for name, inside in by_name.items()
    ]


def day_of(facts: Facts) -> Day:
    given = facts.get("date")
    found = moments.day_of(given)
    if given and not found:
        raise RefusedSchedule(_("“%(text)s” is no date.") % {"text": str(given)[:60]}, facts.where("date"))
    start = str(facts.get("day_start") or "")
    clock = moments.clock_of(start[11:16]) if len(start) > 15 else moments.clock_of(start)
    return Day(found, change_of(clock))


def change_of(clock: time | None) -> time:
    """When a day begins; a day said to begin at midnight has no night of the day before."""
    return moments.DAY_CHANGE if clock is None else clock


def read_event(value: Any, path: str, frame: Frame, day: Day, room: str) -> Event:
    values = mapping(value, path)
    facts = facts_of(values, path)
    facts.persons = many(values, "persons" if "persons" in values else "speakers", path)
    facts.links = many(values, "links", path, "url")
    facts.attachments = many(values, "attachments", path, "url")
    return event_of(facts, frame, day, room)
