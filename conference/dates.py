"""Dates and times as people write them, in the language of the page; no more precise than they are known."""

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from conference.models import Edition

Precision = Edition.Precision
DAY_BEFORE_MONTH = re.compile(r"(?<!\\)\bj (?=[FMN])")
SHORT_MONTH = re.compile(r"(?<!\\)\bM\b")
LAST = datetime.max.replace(tzinfo=UTC)  # of all moments; what has none yet stands there


def date_format(value: date, pattern: str = "DATE_FORMAT") -> str:
    """Like Django's, and with the day as the language writes it: “1 March”, “1er mars”, “1. März”, “Freitag, 1. März”."""
    pattern = formats.get_format(pattern)
    language = (get_language() or "").split("-")[0]
    if language in ("de", "fr"):
        pattern = SHORT_MONTH.sub("N", pattern)  # “avr.”, not “Avr”
    if language == "de":
        pattern = DAY_BEFORE_MONTH.sub("j. ", pattern).replace("l j.", "l, j.")
    elif language == "fr" and value.day == 1:
        pattern = DAY_BEFORE_MONTH.sub(r"j\\e\\r ", pattern)
    return formats.date_format(value, pattern)


def dates_of(edition: Edition) -> str:
    """“13–14 March 2027”, “March 2024” or “2015”; empty when nothing is known."""
    first, last = edition.starts_on, edition.ends_on or edition.starts_on
    if not first or not last:
        return ""
    if edition.date_precision == Precision.YEAR:
        return joined([str(first.year)], [str(last.year)])
    if edition.date_precision == Precision.MONTH:
        return joined(*(date_format(day, "F Y").split() for day in (first, last)))
    return joined(*(date_format(day, "j F Y").split() for day in (first, last)))


def joined(first: list[str], last: list[str]) -> str:
    """Two dates, from the smallest part to the year; what they share at the end is said once."""
    if first == last:
        return " ".join(first)
    shared = 0
    while first[-1 - shared] == last[-1 - shared]:
        shared += 1
    start = first[: len(first) - shared]
    dash = "–" if len(start) == 1 else " – "
    return f"{' '.join(start)}{dash}{' '.join(last)}"


def machine_date(edition: Edition) -> str:
    """The first date as HTML's <time> wants it, as precise as it is known."""
    if not edition.starts_on:
        return ""
    length = {Precision.YEAR: 4, Precision.MONTH: 7}.get(Precision(edition.date_precision), 10)
    return edition.starts_on.isoformat()[:length]


def day_name(day: date) -> str:
    return _in_words(day, _("l j F Y"), get_language())


@lru_cache(maxsize=500)
def _in_words(day: date, pattern: str, language: str | None) -> str:
    """A page names the same few days hundreds of times."""
    return date_format(day, pattern)


def clock(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).strftime("%H:%M")


def clock_range(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> str:
    """“09:30–11:00”; past midnight the end names its day."""
    start, end = starts_at.astimezone(zone), ends_at.astimezone(zone)
    if start.date() == end.date():
        return f"{start:%H:%M}–{end:%H:%M}"
    return f"{start:%H:%M} – {date_format(end.date(), 'l j F')} {end:%H:%M}"


def moment_range(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> str:
    """“Saturday 13 March 2027, 09:30–11:00”."""
    return f"{day_name(starts_at.astimezone(zone).date())}, {clock_range(starts_at, ends_at, zone)}"


def zone_name(zone: ZoneInfo) -> str:
    """A place people know: “Brussels” for Europe/Brussels."""
    return _(zone.key.rsplit("/", 1)[-1].replace("_", " "))
