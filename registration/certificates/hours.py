"""How long people were there: which sessions count for each of them, and the hours these make together.

Presence in sessions is as `registration.presence` counts it: an hour of the clock counts once for a person. Where the
rule says that the door is enough, the programme that a person booked or could attend counts as well.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from conference.dates import LAST
from registration.models import CertificateRule, CheckIn, Registration, WorkshopBooking
from registration.presence.counting import Attended, hours_in, times_of
from sessions.models import Kind, Session

Programme = dict[int, Attended]  # by session


@dataclass(frozen=True)
class Attendance:
    """What one person attended, in the order of time, and the hours of it."""

    sessions: tuple[Attended, ...] = ()
    hours: Decimal = Decimal(0)


def programme_of(edition: int) -> Programme:
    """The public sessions of an edition but for its breaks, with their released times and competences."""
    public = Session.objects.filter(edition=edition, status=Session.Status.PUBLISHED).exclude(kind=Kind.BREAK)
    sessions = list(public.prefetch_related("competences"))
    times = times_of(session.pk for session in sessions)
    return {session.pk: Attended(session, times.get(session.pk, ())) for session in sessions}


def attendance_of(
    registrations: Sequence[Registration], rule: CertificateRule, programme: Programme
) -> dict[int, Attendance]:
    """By registration; all of one edition, in the same few queries however many there are."""
    keys = [registration.pk for registration in registrations]
    present = CheckIn.objects.standing().filter(registration__in=keys).order_by()
    found: dict[int, set[int]] = defaultdict(set)
    for registration, session in present.in_sessions().values_list("registration", "session"):
        found[registration].add(session)
    came = set(present.at_the_door().values_list("registration", flat=True)) if rule.door_counts else set()
    shared, single = could_attend(programme) if came else ([], set())
    booked = booked_by(came) if came else {}
    for key in came:
        known = found[key] | booked.get(key, set())
        found[key] = known | {one for one in single if not is_beside(one, known, programme)}
    return {key: counted(found[key], programme, shared if key in came else ()) for key in keys}


def counted(keys: Iterable[int], programme: Programme, also: Iterable[Attended] = ()) -> Attendance:
    """The sessions of these keys; the time of `also` counts without anybody knowing which of them it was."""
    sessions = sorted((programme[key] for key in keys if key in programme), key=in_time)
    intervals = [interval for one in (*sessions, *also) for interval in one.intervals]
    return Attendance(tuple(sessions), hours_in(intervals))


def in_time(one: Attended) -> tuple[datetime, int, str]:
    return one.intervals[0][0] if one.intervals else LAST, one.session.position, one.session.title


# --- The door is enough -----------------------------------------------------------------------------


def could_attend(programme: Programme) -> tuple[list[Attended], set[int]]:
    """What needs no booking and has a time; and which of these had nothing else beside it to go to."""
    free = {key: one for key, one in programme.items() if one.intervals and not one.session.takes_bookings}
    single = {key for key in free if not is_beside(key, set(free), programme)}
    return list(free.values()), single


def is_beside(key: int, known: set[int], programme: Programme) -> bool:
    """Whether one of the known sessions took place at that time somewhere else."""
    one, others = programme[key], [programme[other] for other in known if other in programme and other != key]
    return any(meet(one, other) and not belong(one, other) for other in others)


def meet(one: Attended, other: Attended) -> bool:
    return any(
        start < later_end and later < end
        for start, end in one.intervals
        for later, later_end in other.intervals
    )


def belong(one: Attended, other: Attended) -> bool:
    """Whoever is in a part of a session is in the session."""
    return one.session.pk == other.session.part_of_id or other.session.pk == one.session.part_of_id


def booked_by(registrations: Iterable[int]) -> dict[int, set[int]]:
    booked: dict[int, set[int]] = defaultdict(set)
    rows = WorkshopBooking.objects.confirmed().filter(registration__in=list(registrations)).order_by()
    for registration, workshop in rows.values_list("registration", "workshop"):
        booked[registration].add(workshop)
    return booked
