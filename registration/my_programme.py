"""What a person keeps of an edition: starred sessions and booked workshops, in the order of time, with their clashes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby

from django.db.models import Q, QuerySet

from conference.dates import LAST
from conference.models import Edition, User
from registration.groups.own import OwnGroup, own_groups, sessions_with_own_groups
from registration.models import WorkshopBooking
from sessions.exchange.calendar import for_calendar
from sessions.models import Session, Slot, Star
from sessions.outline import NOT_IN_LISTS
from sessions.services.stars import that_take_stars

LONG_TEXTS = [name for name in NOT_IN_LISTS if "__" not in name]
Status = Session.Status
NAMED = 3  # of many things at the same time


@dataclass
class Item:
    """One time of a session, or a session that has none."""

    session: Session
    slot: Slot | None = None
    is_starred: bool = False
    booking: WorkshopBooking | None = None
    group: OwnGroup | None = None
    clashes: list["Item"] = field(default_factory=list)

    @property
    def titled(self) -> Slot | Session:
        """As it was released."""
        return self.slot if self.slot and self.slot.title else self.session

    @property
    def is_cancelled(self) -> bool:
        return self.session.status != Status.PUBLISHED

    @property
    def named_clashes(self) -> list["Item"]:
        return self.clashes[:NAMED]

    @property
    def unnamed_clashes(self) -> int:
        return max(0, len(self.clashes) - NAMED)

    @property
    def has_page(self) -> bool:
        return self.session.status in Session.HAVE_A_PAGE

    @property
    def order(self) -> tuple[datetime, datetime, str]:
        slot = self.slot
        return (slot and slot.starts_at) or LAST, (slot and slot.ends_at) or LAST, self.session.title

    def meets(self, other: "Item") -> bool:
        """Whether one person cannot be in both; who is in a part of a session is in the session."""
        one, two = self.session, other.session
        if self.is_cancelled or other.is_cancelled or one.pk == two.pk:
            return False
        if one.pk == two.part_of_id or two.pk == one.part_of_id:
            return False
        return bool(self.slot and other.slot and self.slot.meets(other.slot))


@dataclass
class Day:
    date: date
    items: list[Item]


@dataclass
class Agenda:
    days: list[Day]
    untimed: list[Item]

    @property
    def is_empty(self) -> bool:
        return not self.days and not self.untimed


def agenda_of(user: User, edition: Edition) -> Agenda:
    """A person's own programme of an edition; the same few questions however much is in it."""
    starred = set(
        Star.objects.filter(user=user, session__edition=edition).values_list("session_id", flat=True)
    )
    bookings = {
        booking.workshop_id: booking for booking in bookings_of(user).filter(workshop__edition=edition)
    }
    groups = own_groups(user.pk, edition)
    sessions = that_take_stars().filter(pk__in=starred) | Session.objects.filter(pk__in={*bookings, *groups})
    items = items_of(edition, sessions.exclude(status=Status.DRAFT))
    for item in items:
        item.is_starred = item.session.pk in starred
        item.booking = bookings.get(item.session.pk)
        item.group = groups.get(item.session.pk)
    note_clashes(items)
    return agenda(items, edition)


def bookings_of(user: User) -> QuerySet[WorkshopBooking]:
    """The places a person has or waits for, each with its position in the queue."""
    return WorkshopBooking.objects.active().with_position().filter(registration__user=user).order_by()


def items_of(edition: Edition, sessions: QuerySet[Session]) -> list[Item]:
    """One item for each released time of these sessions, in the order of time; two queries."""
    found = sessions.filter(edition=edition).select_related("session_type").defer(*LONG_TEXTS).order_by("pk")
    shown = {session.pk: session for session in found}
    slots = Slot.objects.filter(session__in=shown, starts_at__isnull=False)
    items = []
    for slot in slots.released() | slots.cancelled().filter(session__status=Status.CANCELLED):
        items.append(Item(shown[slot.session_id], slot))
    timed = {item.session.pk for item in items}
    items += [Item(session) for pk, session in shown.items() if pk not in timed]
    for session in shown.values():
        session.edition = edition
    return sorted(items, key=lambda item: item.order)


def note_clashes(items: Iterable[Item]) -> None:
    """Tell each item which others take place at the same time; `items` come in the order of time."""
    running: list[Item] = []
    for item in items:
        if item.slot is None:
            continue
        running = [other for other in running if other.slot.ends_at > item.slot.starts_at]  # type: ignore[union-attr,operator]
        for other in running:
            if item.meets(other):
                item.clashes.append(other)
                other.clashes.append(item)
        running.append(item)


def agenda(items: list[Item], edition: Edition) -> Agenda:
    def day_of(item: Item) -> date:
        return item.slot.starts_at.astimezone(edition.zone).date()  # type: ignore[union-attr] # timed

    timed = [item for item in items if item.slot]
    days = [Day(day, list(found)) for day, found in groupby(timed, day_of)]
    return Agenda(days, [item for item in items if not item.slot])


def starred_in(user: User, edition: Edition) -> set[str]:
    """The guids of what a person starred in this edition, as the page writes them down."""
    guids = Star.objects.filter(user=user, session__edition=edition).values_list("session__guid", flat=True)
    return set(map(str, guids))


def slots_to_carry(user: User) -> tuple[list[Slot], set[int]]:
    """What belongs into a person's calendar, over all editions, and the workshops in which they still wait.

    Cancelled times belong there too, so that the calendar drops them.
    """
    bookings = dict(bookings_of(user).values_list("workshop_id", "status"))
    starred = Star.objects.filter(user=user).values("session")
    slots = Slot.objects.released() | Slot.objects.cancelled()
    slots = slots.filter(session__in=that_take_stars())
    grouped = sessions_with_own_groups(user.pk)
    waits = {pk for pk, status in bookings.items() if status == WorkshopBooking.Status.WAITING}
    return list(
        for_calendar(slots.filter(Q(session__in=starred) | Q(session__in=[*bookings, *grouped])))
    ), waits
