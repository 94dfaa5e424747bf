"""What is on now and what comes next in the rooms of an edition, from the released timetable.

Times are moments (aware datetimes); a day is a day where the edition is. What the public sees of a slot is what its
release kept of it: time, room, title and names.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet

from conference.dates import clock_range, date_format, day_name
from conference.models import Edition, Room
from conference.templatetags.texts import shown
from conference.translated_columns import in_languages
from sessions.models import Kind, Session, Slot
from sessions.templatetags.programme import label_of

READ = ["starts_at", "ends_at", "release", "room", "speaker_names", *in_languages("title", "room_name")]
READ += [f"session__{name}" for name in ("kind", "number", "slug", "edition", "part_of")]
READ += in_languages("session__title", "session__session_type__name")


@dataclass(frozen=True)
class Course:
    """When the timetable begins and ends, and what is not over yet begins; nothing where no time is released."""

    begins_at: datetime | None
    ends_at: datetime | None
    next_at: datetime | None

    def phase(self, at: datetime) -> str:
        """Unknown, before, during or over; what lies between two days is during."""
        if not self.begins_at or not self.ends_at:
            return "unknown"
        if at < self.begins_at:
            return "before"
        return "during" if at < self.ends_at else "over"


@dataclass(frozen=True)
class Item:
    """One slot as a screen shows it."""

    starts_at: datetime
    ends_at: datetime
    room: int | None
    title: str
    language: str  # of the title, where it is not that of the page
    label: str
    names: str
    url: str  # a break has no page
    when: str
    day: str  # in words without the year, unless it is the day of the clock


@dataclass
class Board:
    """A room, what is on in it, what follows, and what comes after that."""

    room: Room | None
    now: list[Item] = field(default_factory=list)
    next: list[Item] = field(default_factory=list)
    later: list[Item] = field(default_factory=list)


def released_of(edition: Edition) -> QuerySet[Slot]:
    """Released slots of what is still public, with a time; not in any order."""
    published = {"session__edition": edition, "session__status": Session.Status.PUBLISHED}
    return Slot.objects.released().filter(starts_at__isnull=False, **published).order_by()


def course_of(edition: Edition, at: datetime) -> Course:
    """One query."""
    found = released_of(edition).aggregate(
        first=Min("starts_at"), last=Max("ends_at"), following=Min("starts_at", filter=Q(ends_at__gt=at))
    )
    return Course(begins_at=found["first"], ends_at=found["last"], next_at=found["following"])


def rooms_of(edition: Edition) -> QuerySet[Room]:
    """The rooms where something takes place, in the order of the venue."""
    in_use = released_of(edition).filter(room=OuterRef("pk"))
    return Room.objects.filter(Exists(in_use), venue__edition=edition).select_related("venue")


def items_of(
    edition: Edition, course: Course, at: datetime, *, days: int, room: Room | None = None
) -> list[Item]:
    """What is not over on so many days, of which the first is that of the clock, or else the next that has something.

    For one room also what takes in the whole venue. One query.
    """
    if course.next_at is None:
        return []
    slots = released_of(edition).filter(
        ends_at__gt=at, starts_at__lt=end_of(edition, max(at, course.next_at), days)
    )
    if room:
        slots = slots.filter(Q(room=room) | Q(room=None))
    read = slots.select_related("session__session_type").only(*READ).order_by("starts_at", "ends_at", "pk")
    return [item_of(slot, edition, at) for slot in read]


def end_of(edition: Edition, moment: datetime, days: int) -> datetime:
    """The midnight after so many days where the edition is, of which this moment's is the first."""
    day = moment.astimezone(edition.zone).date() + timedelta(days=days)
    return datetime.combine(day, time.min, tzinfo=edition.zone)


def item_of(slot: Slot, edition: Edition, at: datetime) -> Item:
    session = slot.session
    session.edition = edition
    starts_at, ends_at = slot.starts_at, slot.ends_at
    title, language = shown(slot if slot.title else session, "title")
    local = starts_at.astimezone(edition.zone).date()  # type: ignore[union-attr] # timed
    return Item(
        starts_at=starts_at,  # type: ignore[arg-type]
        ends_at=ends_at,  # type: ignore[arg-type]
        room=slot.room_id,
        title=title,
        language=language,
        label="" if session.number is None else label_of(session),
        names=slot.speaker_names,
        url="" if session.kind == Kind.BREAK else session.get_absolute_url(),
        when=clock_range(starts_at, ends_at, edition.zone),  # type: ignore[arg-type]
        day="" if local == edition.today(at) else date_format(local, "l j F"),
    )


def boards_of(items: Iterable[Item], rooms: Iterable[Room], at: datetime) -> list[Board]:
    """A board for the whole venue, if something takes it in, and one for each room."""
    by_room: dict[int | None, list[Item]] = {None: []}
    for item in items:
        by_room.setdefault(item.room, []).append(item)
    whole = [board_of(None, by_room[None], at)] if by_room[None] else []
    return whole + [board_of(room, by_room.get(room.pk, []), at) for room in rooms]


def board_of(room: Room | None, items: Iterable[Item], at: datetime) -> Board:
    """Items in order of their start; all that begin next at the same moment are next."""
    board = Board(room)
    for item in items:
        if item.ends_at <= at:
            continue
        if item.starts_at <= at:
            board.now.append(item)
        elif not board.next or item.starts_at == board.next[0].starts_at:
            board.next.append(item)
        else:
            board.later.append(item)
    return board


def words_for(items: Iterable[Item], edition: Edition, at: datetime) -> dict[str, Any]:
    """How many days until the first of these that is still to come, its day in words and its time on the clock."""
    first = next((item for item in items if item.starts_at > at), None)
    if first is None:
        return {}
    start = first.starts_at.astimezone(edition.zone)
    days = (start.date() - edition.today(at)).days
    return {"days": days, "day": day_name(start.date()), "clock": start.strftime("%H:%M")}
