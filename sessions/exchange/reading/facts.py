"""From the facts of one event in a file, whatever its format, to an event of the schedule."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from django.utils.translation import gettext as _

from sessions.exchange.reading import moments, texts
from sessions.exchange.reading.addresses import absolute
from sessions.exchange.reading.durations import minutes_of
from sessions.exchange.reading.refusals import RefusedSchedule, Remarks
from sessions.exchange.schedule import WHOLE_VENUE, Event, Link, Person

MOST_EVENTS = 10_000  # twice the largest known conference; more would keep the organiser waiting for minutes
MOST_OF_ONE = 200  # persons or links of one event
EXTRA = ("do_not_stream", "video_download_url")  # kept as they are, where they are short


@dataclass
class Frame:
    """What the events of a file share."""

    zone: tzinfo
    base: str = ""
    timeslot: int = 5
    days_first: bool = False  # its program writes 1:05:00 for a day and five hours
    remarks: Remarks = field(default_factory=Remarks)


@dataclass(frozen=True)
class Day:
    """The day an event is listed in, and when it begins."""

    on: date | None = None
    change: time = moments.DAY_CHANGE


@dataclass
class Facts:
    """Values by name, and where each of them stands in the file."""

    values: dict[str, Any]
    where: Callable[[str], str]
    persons: list["Facts"] = field(default_factory=list)
    links: list["Facts"] = field(default_factory=list)
    attachments: list["Facts"] = field(default_factory=list)

    def get(self, *names: str) -> Any:
        """The first of these that is there."""
        found = (self.values.get(name) for name in names)
        return next((value for value in found if value not in (None, "")), None)


def event_of(facts: Facts, frame: Frame, day: Day, room: str) -> Event:
    where, remarks = facts.where, frame.remarks
    starts_at = start_of(facts, frame, day)
    page = absolute(facts.get("url"), frame.base, where("url"), remarks)
    return Event(
        guid=texts.guid(facts.get("guid"), where("guid"), remarks),
        id=texts.whole_number(facts.get("id")),
        starts_at=starts_at,
        minutes=length_of(facts, frame, starts_at),
        room=room_name(facts.get("room") or room, where("room"), remarks),
        slug=texts.line(facts.get("slug"), where("slug"), remarks),
        title=title_of(facts, remarks),
        subtitle=texts.line(facts.get("subtitle"), where("subtitle"), remarks),
        track=texts.line(facts.get("track"), where("track"), remarks, 120),
        type=texts.line(facts.get("type"), where("type"), remarks, 80),
        language=texts.language(facts.get("language"), where("language"), remarks),
        abstract=texts.prose(facts.get("abstract"), where("abstract"), remarks),
        description=texts.prose(facts.get("description"), where("description"), remarks),
        persons=tuple(filter(None, (person_of(person, frame) for person in few(facts.persons)))),
        links=tuple(filter(None, (link_of(link, frame) for link in few(facts.links)))),
        attachments=tuple(filter(None, (link_of(link, frame) for link in few(facts.attachments)))),
        recording_license=texts.line(
            facts.get("recording_license"), where("recording_license"), remarks, 120
        ),
        do_not_record=texts.truth(facts.get("do_not_record"), where("do_not_record")),
        logo=absolute(facts.get("logo"), frame.base, where("logo"), remarks),
        code=texts.line(facts.get("code"), where("code"), remarks, 40),
        feedback_url=absolute(facts.get("feedback_url"), frame.base, where("feedback_url"), remarks),
        origin_url=absolute(facts.get("origin_url"), frame.base, where("origin_url"), remarks) or page,
        extra={name: value for name in EXTRA if is_short(value := facts.get(name))},
    )


def few(items: list[Facts]) -> list[Facts]:
    if len(items) > MOST_OF_ONE:
        raise RefusedSchedule(
            _("more than %(limit)s in one event.") % {"limit": MOST_OF_ONE}, items[0].where("")
        )
    return items


def is_short(value: Any) -> bool:
    return isinstance(value, bool | int) or (
        isinstance(value, str) and value.isprintable() and len(value) < 500
    )


def title_of(facts: Facts, remarks: Remarks) -> str:
    title = texts.line(facts.get("title", "name"), facts.where("title"), remarks)
    if not title:
        remarks.add(facts.where("title"), _("without a title; it is called “Untitled”."))
    return title or "Untitled"


def room_name(value: Any, where: str, remarks: Remarks) -> str:
    name = texts.line(value, where, remarks, 120)
    return "" if name == WHOLE_VENUE else name


def start_of(facts: Facts, frame: Frame, day: Day) -> datetime | None:
    """The date of the event wins; else the clock on the day it is listed in."""
    given = facts.get("date")
    is_bare_day = (
        isinstance(given, datetime) and given.time() == time(0) and facts.get("start") is not None
    )  # of a sheet
    moment = None if is_bare_day else moments.moment_of(given, frame.zone)
    if moment:
        return in_range(moment, facts.where("date"))
    date_of_it = moments.day_of(given) if given else day.on
    if given and not date_of_it:
        raise RefusedSchedule(_("“%(text)s” is no date.") % {"text": shown(given)}, facts.where("date"))
    start = facts.get("start")
    if start is None:
        return None
    if moment := moments.moment_of(start, frame.zone):
        return in_range(moment, facts.where("start"))
    clock = moments.clock_of(start)
    if clock is None:
        raise RefusedSchedule(_("“%(text)s” is no time.") % {"text": shown(start)}, facts.where("start"))
    if not date_of_it:
        raise RefusedSchedule(_("a time without a day."), facts.where("start"))
    change = time(0) if given else day.change
    return in_range(moments.on_day(date_of_it, clock, change, frame.zone), facts.where("start"))


def in_range(moment: datetime, where: str) -> datetime:
    """Kept in Greenwich's time, as the database does."""
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise RefusedSchedule(_("“%(text)s” is no date.") % {"text": moment}, where) from error


def length_of(facts: Facts, frame: Frame, starts_at: datetime | None) -> int:
    given = facts.get("duration")
    ends_at = end_of(facts, frame, starts_at)
    if starts_at and ends_at and ends_at > starts_at:
        return max(1, round((ends_at - starts_at).total_seconds() / 60))
    minutes = minutes_of(given, days_first=frame.days_first)
    if given is not None and minutes is None:
        raise RefusedSchedule(
            _("“%(text)s” is no duration.") % {"text": shown(given)}, facts.where("duration")
        )
    if not minutes or minutes < 1:
        words = _("no duration; %(minutes)s minutes are taken.") % {"minutes": frame.timeslot}
        frame.remarks.add(facts.where("duration"), words)
        return frame.timeslot
    if isinstance(given, str) and given.count(":") == 2:
        words = _("“%(text)s” is read as %(minutes)s minutes.")
        frame.remarks.add(facts.where("duration"), words % {"text": given[:20], "minutes": minutes})
    return minutes


def end_of(facts: Facts, frame: Frame, starts_at: datetime | None) -> datetime | None:
    """A moment, or in sheets a clock after the start."""
    given = facts.get("end")
    if given is None or not starts_at:
        return None
    if moment := moments.moment_of(given, frame.zone):
        return moment
    clock = moments.clock_of(given)
    if clock is None:
        raise RefusedSchedule(_("“%(text)s” is no time.") % {"text": shown(given)}, facts.where("end"))
    start = starts_at.astimezone(frame.zone)
    end = datetime.combine(start.date(), clock, tzinfo=frame.zone)
    return end if end > start else end + timedelta(days=1)


def shown(value: Any) -> str:
    return str(value)[:60].replace("\x00", "?")


def person_of(facts: Facts, frame: Frame) -> Person | None:
    where, remarks = facts.where, frame.remarks
    name = texts.line(facts.get("public_name", "name", "full_public_name"), where("name"), remarks, 200)
    if not name:
        remarks.add(where("name"), _("a person without a name is left out."))
        return None
    return Person(
        name=name,
        guid=texts.guid(facts.get("guid"), where("guid"), remarks),
        id=texts.whole_number(facts.get("id")),
        code=texts.line(facts.get("code"), where("code"), remarks, 40),
        biography=texts.prose(facts.get("biography", "abstract", "description"), where("biography"), remarks),
        avatar=absolute(facts.get("avatar", "avatar_url", "image"), frame.base, where("avatar"), remarks),
        url=absolute(facts.get("url"), frame.base, where("url"), remarks),
        email=email_of(facts, remarks),
    )


def email_of(facts: Facts, remarks: Remarks) -> str:
    email = texts.line(facts.get("email"), facts.where("email"), remarks).lower()
    is_one = len(email) <= 254 and email.count("@") == 1 and not set(email) & set(" ,;<>()\"'")
    return email if is_one and "." in email.partition("@")[2] else ""


def link_of(facts: Facts, frame: Frame) -> Link | None:
    title = texts.line(facts.get("title", "name"), facts.where("title"), frame.remarks)
    url = absolute(facts.get("url", "href"), frame.base, facts.where("url"), frame.remarks)
    kind = texts.line(facts.get("type"), facts.where("type"), frame.remarks, 40)
    return Link(url=url, title=title, type=kind) if url else None
