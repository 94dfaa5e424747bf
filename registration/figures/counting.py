"""What the figures count: about a dozen queries, however many people and sessions there are."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q
from django.db.models.functions import TruncDate
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django_countries import countries

from conference.models import Edition, Organisation
from registration.figures.hiding import LEAST, Veiled, both, hours_shown, is_small, merged
from registration.models import Certificate, CheckIn, Place, Registration, WorkshopBooking
from registration.presence.counting import hours_touched, presences, times_of
from sessions.models import Session

MOST_STEPS = 26
Status = Place.Status
Presences = dict[int, set[int]]  # session → registrations


@dataclass(frozen=True)
class Bar:
    words: str
    count: int | None  # None: hidden
    of: int  # the longest bar, for drawing

    @property
    def width(self) -> int:
        """In hundredths."""
        return min(100, round(100 * (self.count or 0) / self.of)) if self.of else 0


@dataclass(frozen=True)
class Step:
    """Until this day, how many had registered."""

    day: date
    new: int
    total: int


@dataclass(frozen=True)
class SessionRow:
    session: Session
    booked: int | None  # None: it takes no bookings
    capacity: int | None
    waiting: int
    present: int | None  # None: hidden
    absent: int | None  # of those who booked; None: hidden, or nobody was noted at all
    is_noted: bool

    @property
    def width(self) -> int:
        return min(100, round(100 * (self.booked or 0) / self.capacity)) if self.capacity else 0


# --- People -----------------------------------------------------------------------------------------------------


def bars(counts: dict[str, int]) -> list[Bar]:
    """The largest first; what is too small to show together at the end."""
    shown, together = merged(counts)
    found = [*shown, *([(_("all others together"), together)] if together else [])]
    most = max((count for _words, count in found), default=0)
    return [Bar(words, count, most) for words, count in found]


def people_in(edition: Edition) -> dict[str, list[Bar]]:
    """Of everybody with a place: countries, roles, kinds of organisations; one query."""
    rows = Registration.objects.confirmed().filter(edition=edition).order_by()
    by_country: Counter[str] = Counter()
    by_role: Counter[str] = Counter()
    by_kind: Counter[str] = Counter()
    columns = ("country", "role", "organisation__kind")
    for country, role, kind, count in rows.values_list(*columns).annotate(count=Count("pk")):
        by_country[countries.name(country) or capfirst(_("not said"))] += count
        by_role[capfirst(str(Registration.Role(role).label)) if role else capfirst(_("not said"))] += count
        words = (
            capfirst(str(Organisation.Kind(kind).label))
            if kind
            else _("Without an organisation of this site")
        )
        by_kind[words] += count
    return {"countries": bars(by_country), "roles": bars(by_role), "kinds": bars(by_kind)}


def over_time(edition: Edition) -> list[Step]:
    """By days, weeks or four weeks, so that they fit a page; everybody who ever registered. One query."""
    rows = Registration.objects.filter(edition=edition).order_by()
    days = dict(
        rows.annotate(day=TruncDate("created_at", tzinfo=edition.zone))
        .values_list("day")
        .annotate(Count("pk"))
    )
    if not days:
        return []
    first, last = min(days), max(days)
    length = next((size for size in (1, 7, 28, 91) if (last - first).days // size < MOST_STEPS), 365)
    counts: Counter[int] = Counter()
    for day, count in days.items():
        counts[(day - first).days // length] += count
    steps, total = [], 0
    for number in range((last - first).days // length + 1):
        total += counts[number]
        end = min(first + timedelta((number + 1) * length - 1), last)
        steps.append(Step(end, counts[number], total))
    return steps


def pair(known: int, part: int) -> tuple[int | None, int | None]:
    """A part of a known number, and the rest of it, if both may be shown."""
    return (part, known - part) if both(part, known - part) else (None, None)


def door_of(edition: Edition) -> dict[str, int | None]:
    """Who has a place, who of them came, who did not; two queries."""
    confirmed = Registration.objects.confirmed().filter(edition=edition)
    expected = confirmed.count()
    came = CheckIn.objects.standing().at_the_door().filter(registration__in=confirmed).count()
    arrived, absent = pair(expected, came)
    return {"expected": expected, "arrived": arrived, "absent": absent, "is_open": came > 0}


def certificates_of(edition: Edition) -> dict[str, int | None]:
    """Valid and revoked ones; one query."""
    certificates = Certificate.objects.filter(edition=edition)
    counts = certificates.aggregate(
        valid=Count("pk", filter=Q(revoked_at=None)), revoked=Count("pk", filter=~Q(revoked_at=None))
    )
    return {name: None if is_small(count) else count for name, count in counts.items()}


# --- Sessions ---------------------------------------------------------------------------------------------------


def sessions_of(
    edition: Edition, present: Presences
) -> tuple[list[SessionRow], dict[int, int], dict[int, Veiled]]:
    """Rows of sessions that take bookings or in which somebody was; the numbers known, and those hidden. Two queries."""
    booked: Presences = defaultdict(set)
    waiting: Counter[int] = Counter()
    bookings = WorkshopBooking.objects.filter(registration__edition=edition).exclude(status=Status.CANCELLED)
    for session, person, status in bookings.order_by().values_list("workshop", "registration", "status"):
        if status == Status.CONFIRMED:
            booked[session].add(person)
        else:
            waiting[session] += 1
    rows, known, veiled = [], {}, {}
    for session in Session.objects.filter(edition=edition).plannable().in_order():
        here, places = present.get(session.pk, set()), booked.get(session.pk, set())
        if not here and not session.takes_bookings:
            continue
        row = session_row(session, here, places, waiting[session.pk])
        rows.append(row)
        if row.present is None:
            veiled[session.pk] = veil(len(here), places, session.takes_bookings)
        else:
            known[session.pk] = row.present
    return rows, known, veiled


def session_row(session: Session, here: set[int], places: set[int], waiting: int) -> SessionRow:
    absent = len(places - here)
    is_open = both(len(here), absent if session.takes_bookings and here else 0)
    return SessionRow(
        session=session,
        booked=len(places) if session.takes_bookings else None,
        capacity=session.capacity,
        waiting=waiting,
        present=len(here) if is_open else None,
        absent=absent if is_open and here and session.takes_bookings else None,
        is_noted=bool(here),
    )


def veil(count: int, places: set[int], takes_bookings: bool) -> Veiled:
    """What a reader knows of a hidden number: it is under five, or fewer than five of those who booked lack."""
    if is_small(count) or not takes_bookings:
        return Veiled(1, LEAST - 1)
    return Veiled(max(len(places) - LEAST + 1, 1), max(len(places) - 1, count))


def hours_in(
    edition: Edition, present: Presences, known: dict[int, int], veiled: dict[int, Veiled]
) -> list[tuple[datetime, int | None]]:
    """How many different people were in sessions within each hour; hidden ones are None. One query."""
    sessions: dict[datetime, set[int]] = defaultdict(set)
    for session, intervals in times_of(present).items():
        for hour in hours_touched(intervals, edition.zone):
            sessions[hour].add(session)
    counts = {
        hour: (len(set().union(*(present[one] for one in sessions[hour]))), frozenset(sessions[hour]))
        for hour in sorted(sessions)
    }
    shown = hours_shown(counts, known, veiled)
    return [(hour, count if hour in shown else None) for hour, (count, _sessions) in counts.items()]


def present_in(edition: Edition) -> Presences:
    found: Presences = defaultdict(set)
    for session, person in presences(edition):
        found[session].add(person)
    return found


def most(counts: Iterable[int | None]) -> int:
    return max((count for count in counts if count), default=0)
