"""What an edition's report says: counted by the figures of the admin, and with small numbers hidden once more for each table.

About thirty queries, however many people and sessions there are.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Q

from conference.models import Edition
from conference.templatetags.texts import shown
from registration.feedback.results import SheetResults, mean_of
from registration.feedback.results import of_edition as feedback_of
from registration.figures import counting, reading
from registration.figures.counting import Bar
from registration.groups.outcomes import approved_in
from registration.models import Outcome, Registration
from registration.presence.counting import HUNDREDTH, hours_in, times_of
from registration.report.tables import SMALL, apart, people, total_of
from sessions.models import Appearance, Kind, Session

NO_HOURS = Decimal("0.00")


@dataclass(frozen=True)
class SessionFigures:
    words: str
    hours: Decimal
    capacity: int | None
    booked: int | None  # None: hidden
    takes_bookings: bool
    is_noted: bool  # whether anybody was noted as present
    present: int | None  # None: hidden
    attended: Decimal | None  # hours times people


@dataclass(frozen=True)
class Rating:
    words: str
    answers: int
    mean: Decimal


@dataclass(frozen=True)
class EditionFigures:
    """Only what may be shown; None is hidden."""

    edition: Edition
    registered: int | None
    has_door: bool  # whether anybody was noted at the door
    came: int | None
    absent: int | None
    in_sessions: int | None
    certificates: int | None
    organisations: int
    countries: list[Bar]
    roles: list[Bar]
    kinds: list[Bar]
    sessions: list[SessionFigures]
    booked: int | None
    present: int | None
    attended: Decimal
    held: dict[str, int] = field(default_factory=dict)  # sessions, workshops, speakers, presentations
    views: int = 0
    downloads: int = 0
    views_by_country: list[Bar] = field(default_factory=list)
    downloads_by_country: list[Bar] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)


def figures_of(edition: Edition) -> EditionFigures:
    door, present = counting.door_of(edition), counting.present_in(edition)
    registered = people(door["expected"] or 0)
    came, absent = (door["arrived"], door["absent"]) if registered and door["is_open"] else (None, None)
    noted = len({person for some in present.values() for person in some})
    bars = counting.people_in(edition)
    sessions, booked, in_all = sessions_of(edition, present)
    presentations = reading.of_presentations(reading.presentations_in(edition)).values()
    by_country = reading.by_country(edition)
    valid = counting.certificates_of(edition)["valid"]
    return EditionFigures(
        edition=edition,
        registered=registered,
        has_door=bool(door["is_open"]),
        came=came,
        absent=absent,
        in_sessions=apart(noted, registered, came) if noted else 0,
        certificates=None if valid is None else apart(valid, registered, came, noted),
        organisations=organisations_in(edition),
        countries=bars["countries"],
        roles=bars["roles"],
        kinds=bars["kinds"],
        sessions=sessions,
        booked=booked,
        present=in_all,
        attended=sum((one.attended for one in sessions if one.attended), NO_HOURS),
        held=held_in(edition) | {"presentations": len(presentations)},
        views=sum(one.views for one in presentations),
        downloads=sum(one.downloads for one in presentations),
        views_by_country=by_country[0],
        downloads_by_country=by_country[1],
        ratings=ratings_of(feedback_of(edition)),
        outcomes=outcomes_of(edition),
    )


def organisations_in(edition: Edition) -> int:
    rows = Registration.objects.confirmed().filter(edition=edition, organisation__isnull=False)
    return rows.order_by().values("organisation").distinct().count()


def held_in(edition: Edition) -> dict[str, int]:
    """What took place; people on stage are public by name, so their number is no secret."""
    published = Session.objects.filter(edition=edition, status=Session.Status.PUBLISHED).order_by()
    kinds = list(published.values_list("kind", flat=True))
    on_stage = Appearance.objects.filter(session__in=published.values("pk"))
    return {
        "sessions": kinds.count(Kind.SESSION),
        "workshops": kinds.count(Kind.WORKSHOP),
        "speakers": on_stage.order_by().values("speaker").distinct().count(),
    }


def sessions_of(
    edition: Edition, present: counting.Presences
) -> tuple[list[SessionFigures], int | None, int | None]:
    """A line for each session that takes bookings or in which somebody was; how many booked and were there in all."""
    rows, _known, veiled = counting.sessions_of(edition, present)
    times = times_of([row.session.pk for row in rows])
    found = []
    for row in rows:
        hours = hours_in(times.get(row.session.pk, ()))
        found.append(
            SessionFigures(
                words=shown(row.session, "title")[0],
                hours=hours,
                capacity=row.capacity,
                booked=people(row.booked or 0),
                takes_bookings=row.booked is not None,
                is_noted=row.is_noted,
                present=row.present,
                attended=None
                if row.present is None
                else (hours * row.present).quantize(HUNDREDTH, ROUND_HALF_UP),
            )
        )
    booked = total_of([row.booked or 0 for row in rows], [one.booked for one in found])
    there = [len(present.get(row.session.pk, ())) for row in rows]
    bounds = [veiled.get(row.session.pk, SMALL) for row in rows]
    return found, booked, total_of(there, [one.present for one in found], bounds)


def ratings_of(sheets: Sequence[SheetResults]) -> list[Rating]:
    """Averages of the scales, of all sessions together as far as each of them is shown."""
    totals: Counter[tuple[bool, str]] = Counter()
    answers: Counter[tuple[bool, str]] = Counter()
    for sheet in sheets:
        for question in sheet.results.questions:
            if question.mean is not None and question.answers:
                key = (sheet.session is None, question.words)
                totals[key] += question.total
                answers[key] += question.answers
    return [Rating(key[1], answers[key], mean_of(totals[key], answers[key])) for key in totals]


def outcomes_of(edition: Edition) -> list[Outcome]:
    """Those that are public."""
    return list(approved_in(Q(session__edition=edition)).select_related("session"))
