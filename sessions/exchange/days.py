"""A schedule by day and room, as both frab formats want it; knows nothing of files.

In:  a `Schedule`. Out: its days in order, those between the first and the last too, each with its rooms in the order
of the schedule and their events by start. An event stands on the day on which it begins where the conference is;
a day lasts from midnight to midnight, or to the end of the last event that began on it. A span longer than a month
(a conference known by its year only) has no days but those with events, and at least its first.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sessions.exchange.schedule import WHOLE_VENUE, Event, Schedule

LONGEST = 31  # days
ONE_DAY = timedelta(days=1)


@dataclass
class Timed:
    """An event with its local start."""

    event: Event
    starts_at: datetime
    ends_at: datetime


@dataclass
class Day:
    index: int
    date: date
    starts_at: datetime
    ends_at: datetime
    rooms: dict[str, list[Timed]] = field(default_factory=dict)


def days_of(schedule: Schedule) -> list[Day]:
    zone = ZoneInfo(schedule.time_zone)
    by_date: dict[date, list[Timed]] = defaultdict(list)
    for timed in timed_of(schedule, zone):
        by_date[timed.starts_at.date()].append(timed)
    rooms = {room.name: [] for room in schedule.rooms}
    return [
        day_of(index, day, by_date[day], zone, rooms)
        for index, day in enumerate(dates_of(schedule, set(by_date)), start=1)
    ]


def timed_of(schedule: Schedule, zone: ZoneInfo) -> Iterator[Timed]:
    """Events that have a time; an end is reckoned in UTC, since an hour may come twice or not at all."""
    for event in schedule.events:
        if event.starts_at:
            ends_at = event.starts_at.astimezone(UTC) + timedelta(minutes=event.minutes)
            yield Timed(event, event.starts_at.astimezone(zone), ends_at.astimezone(zone))


def dates_of(schedule: Schedule, with_events: set[date]) -> list[date]:
    ends = {day for day in (schedule.starts_on, schedule.ends_on) if day}
    known = sorted(with_events | ends)
    if not known:
        return []
    length = (known[-1] - known[0]).days + 1
    if length > LONGEST:
        return sorted(with_events) or known[:1]
    return [known[0] + ONE_DAY * number for number in range(length)]


def day_of(index: int, day: date, events: list[Timed], zone: ZoneInfo, rooms: dict[str, list[Timed]]) -> Day:
    """Rooms in which nothing happens that day are left out."""
    starts_at, ends_at = (datetime.combine(at, time(), zone) for at in (day, day + ONE_DAY))
    last = max((timed.ends_at.astimezone(UTC) for timed in events), default=ends_at.astimezone(UTC))
    found = {name: list(none) for name, none in rooms.items()}
    for timed in events:
        found.setdefault(timed.event.room or WHOLE_VENUE, []).append(timed)
    used = {name: timed for name, timed in found.items() if timed}
    return Day(index, day, starts_at, max(ends_at.astimezone(UTC), last).astimezone(zone), used)
