"""How long something takes, as the programs of the field write it."""

import re
from datetime import time, timedelta
from typing import Any

LONGEST = 31 * 24 * 60
DAYS = re.compile(r"(\d+) ?days?,? ?(.*)", re.IGNORECASE)
ISO = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?", re.IGNORECASE)
WORDS = re.compile(
    r"(?:(\d+(?:[.,]\d+)?) ?(?:h|u|hours?|uur|uren))? ?(?:(\d+(?:[.,]\d+)?) ?(?:m|min\.?|mins|minutes?|minuten|minuut|'))?",
    re.IGNORECASE,
)
NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")


def minutes_of(value: Any, *, days_first: bool = False) -> int | None:
    """Whole minutes; None where there is no telling. May be zero or less.

    "00:45" is hours and minutes, "45" and "135.0:00" are minutes (a known slip of exporters), "1:05:00" is an
    hour and five minutes, or a day and five hours where `days_first` says that the program writes days.
    """
    if isinstance(value, timedelta):
        return round(value.total_seconds() / 60)
    if isinstance(value, time):
        return value.hour * 60 + value.minute
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _within(float(value))
    text = str(value or "").strip()
    return _of_text(text, days_first=days_first) if 0 < len(text) < 40 else None


def _of_text(text: str, *, days_first: bool) -> int | None:
    if NUMBER.fullmatch(text):
        return _within(_number(text))
    if found := DAYS.fullmatch(text):
        rest = _of_text(found[2], days_first=False) if found[2] else 0
        return None if rest is None else _within(int(found[1]) * 1440 + rest)
    if ":" in text:
        return _of_clock(text.split(":"), days_first=days_first)
    if found := ISO.fullmatch(text):
        days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return _within(days * 1440 + hours * 60 + minutes + seconds / 60) if any(found.groups()) else None
    if (found := WORDS.fullmatch(text)) and any(found.groups()):
        hours_, minutes_ = (_number(part or "0") for part in found.groups())
        return _within(hours_ * 60 + minutes_)
    return None


def _of_clock(parts: list[str], *, days_first: bool) -> int | None:
    if not all(NUMBER.fullmatch(part.strip()) for part in parts) or len(parts) > 4:
        return None
    if "." in parts[0]:  # minutes as a decimal number in the place of the hours
        return _within(_number(parts[0]))
    if any("." in part for part in parts[:2]):
        return None
    is_negative = parts[0].strip().startswith("-")
    numbers = [abs(_number(part)) for part in parts]
    if len(numbers) == 4:
        weights = (1440.0, 60.0, 1.0, 1 / 60)
    elif len(numbers) == 3 and days_first and numbers[1] < 24:
        weights = (1440.0, 60.0, 1.0, 0.0)
    else:
        weights = (60.0, 1.0, 1 / 60, 0.0)
    total = _within(sum(number * weight for number, weight in zip(numbers, weights, strict=False)))
    return -total if total and is_negative else total


def _number(text: str) -> float:
    return float(text.strip().replace(",", "."))


def _within(minutes: float) -> int | None:
    return round(minutes) if -LONGEST <= minutes <= LONGEST else None
