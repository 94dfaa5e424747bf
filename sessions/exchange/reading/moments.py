"""Days, clocks and moments as schedules and sheets write them."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

DAY_CHANGE = time(
    4
)  # where a file does not say when its days begin, what starts earlier belongs to the night before
YEARS = range(1970, 2200)
CLOCK = re.compile(r"(\d{1,2})(?:[:.hHuU](\d{2}))?(?::(\d{2}))?(?: ?(?:uur|u|h|Uhr))?")
DAY = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?")


def moment_of(value: Any, zone: tzinfo) -> datetime | None:
    """An aware moment, where the value is one: with its own offset, else on the clocks of the zone."""
    if isinstance(value, datetime):
        return _aware(value, zone)
    text = str(value or "").strip()
    if len(text) > 40:
        return None
    if found := re.match(r"(\d{1,2}[-/. ]\d{1,2}[-/. ]\d{4}),? +(\S.*)", text):
        day, clock = day_of(found[1]), clock_of(found[2])
        return _aware(datetime.combine(day, clock), zone) if day and clock is not None else None
    if not re.match(r"\d{4}-\d{2}-\d{2}[T ]\d", text):
        return None
    try:
        return _aware(datetime.fromisoformat(text.replace(" +", "+")), zone)
    except ValueError:
        return None


def _aware(moment: datetime, zone: tzinfo) -> datetime | None:
    if moment.year not in YEARS:
        return None
    return moment.replace(second=0, microsecond=0, tzinfo=moment.tzinfo or zone)


def day_of(value: Any) -> date | None:
    """A day: 2027-03-13, or 13/03/2027 as written in Europe. Of a moment, its day."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value or "").strip()[:40]
    if found := DAY.fullmatch(text):
        text = f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}"
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return None
    return day if day.year in YEARS else None


def clock_of(value: Any) -> time | None:
    if isinstance(value, datetime):
        return value.time()
    if isinstance(value, time):
        return value
    found = CLOCK.fullmatch(str(value if value is not None else "").strip()[:20])
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def on_day(day: date, clock: time, change: time, zone: tzinfo) -> datetime:
    """The moment of a clock on a day of the conference: after midnight it is still that day's night."""
    night = timedelta(days=1) if clock < change else timedelta()
    return datetime.combine(day + night, clock.replace(second=0, microsecond=0), tzinfo=zone)


def zone_of(name: str) -> tzinfo | None:
    """A zone by its name or its distance from Greenwich."""
    if name.upper() in ("Z", "UTC", "GMT"):
        return UTC
    if found := OFFSET.fullmatch(name):
        distance = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
        return (
            timezone(distance if found[1] == "+" else -distance) if distance < timedelta(hours=15) else None
        )
    try:
        return ZoneInfo(name) if name and len(name) < 60 else None
    except (KeyError, ValueError, OSError):
        return None
