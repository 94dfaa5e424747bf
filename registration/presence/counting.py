"""Who was in which session, in hours of the released timetable: an hour of the clock counts once for a person."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from conference.models import Edition
from registration.models import CheckIn, Registration
from sessions.models import Session, Slot

Interval = tuple[datetime, datetime]  # from, until; aware
HUNDREDTH = Decimal("0.01")
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Attended:
    """A session somebody was in, and when it took place: parallel or touching slots are one."""

    session: Session
    intervals: tuple[Interval, ...]

    @property
    def hours(self) -> Decimal:
        return hours_in(self.intervals)


@dataclass(frozen=True)
class SessionCount:
    session: Session
    present: int


@dataclass(frozen=True)
class HourCount:
    """How many different people were in sessions within this hour of the clock."""

    starts_at: datetime
    present: int


# --- Pure -----------------------------------------------------------------------------------------


def merged(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """In order of time, in UTC; what overlaps or touches becomes one, so that no minute is in two of them."""
    found: list[Interval] = []
    # In UTC: a difference within one time zone forgets that the clock was set back in between.
    for start, end in sorted((start.astimezone(UTC), end.astimezone(UTC)) for start, end in intervals):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)


def hours_in(intervals: Iterable[Interval]) -> Decimal:
    """Hours with two decimals that the intervals cover, each moment counted once; 1:20 is 1.33."""
    total = sum((end - start for start, end in merged(intervals)), timedelta())
    hours = Decimal(total // timedelta(seconds=1)) / 3600
    return hours.quantize(HUNDREDTH, ROUND_HALF_UP)


def hours_touched(intervals: Iterable[Interval], zone: ZoneInfo) -> Iterator[datetime]:
    """The full hours of the zone's clock, by their beginning, in which the intervals have at least a moment."""
    last = None
    for start, end in merged(intervals):
        local = start.astimezone(zone)
        hour = start - timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
        while hour < end:
            if hour != last:
                yield hour.astimezone(zone)
            last, hour = hour, hour + HOUR


# --- From what is stored --------------------------------------------------------------------------


def hours_of(registrations: Iterable[Registration]) -> dict[int, Decimal]:
    """By the pk of each registration, the hours of the sessions its person was in; 0 for nobody's. Two queries."""
    return {
        pk: hours_in(interval for one in attended for interval in one.intervals)
        for pk, attended in attended_by(registrations).items()
    }


def attended_by(registrations: Iterable[Registration]) -> dict[int, list[Attended]]:
    """By the pk of each registration, what its person was in, in order of time; two queries."""
    attended: dict[int, list[Attended]] = {registration.pk: [] for registration in registrations}
    rows = CheckIn.objects.standing().in_sessions().filter(registration__in=list(attended))
    seen = list(rows.select_related("session").order_by("session__position", "session_id"))
    times = times_of({row.session_id for row in seen if row.session_id})
    for row in seen:
        if row.session:
            attended[row.registration_id].append(Attended(row.session, times.get(row.session.pk, ())))
    for sessions in attended.values():
        sessions.sort(key=lambda one: (not one.intervals, one.intervals[:1]))
    return attended


def times_of(sessions: Iterable[int]) -> dict[int, tuple[Interval, ...]]:
    """When each of these sessions takes place by the released timetable; without a time it is left out. One query."""
    found: dict[int, list[Interval]] = defaultdict(list)
    slots = Slot.objects.released().filter(session__in=list(sessions), starts_at__isnull=False)
    for session, start, end in slots.values_list("session", "starts_at", "ends_at").order_by():
        found[session].append((start, end))
    return {session: merged(intervals) for session, intervals in found.items()}


def session_counts(edition: Edition) -> list[SessionCount]:
    """How many were in each session in which anybody was, in the order of the programme; one query and one more."""
    present: dict[int, int] = defaultdict(int)
    for session, _person in presences(edition):
        present[session] += 1
    sessions = Session.objects.filter(pk__in=present).in_order()
    return [SessionCount(session, present[session.pk]) for session in sessions]


def hour_counts(edition: Edition) -> list[HourCount]:
    """For each hour of the clock where the edition is, the different people in its sessions; two queries."""
    rows = presences(edition)
    times = times_of({session for session, _person in rows})
    people: dict[datetime, set[int]] = defaultdict(set)
    for session, person in rows:
        for hour in hours_touched(times.get(session, ()), edition.zone):
            people[hour].add(person)
    return [HourCount(hour, len(people[hour])) for hour in sorted(people)]


def presences(edition: Edition) -> list[tuple[int, int]]:
    """(session, registration) of everybody's presence that stands; one query."""
    rows = CheckIn.objects.standing().in_sessions().filter(registration__edition=edition)
    return list(rows.order_by().values_list("session", "registration"))
