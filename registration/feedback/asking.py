"""What may be asked of whom, and when.

A session can be answered about from the end of its last time in the released timetable on, the edition from the end of
its last session; what has no time, after the last day of the edition. Both until the moment of the plan. About a session
that takes bookings answer those who had a place in it or were noted as present; about any other, everybody with a place
at the edition.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from conference import clock
from conference.models import Edition
from registration.models import (
    CheckIn,
    FeedbackPlan,
    FeedbackQuestion,
    FeedbackSheet,
    Registration,
    WorkshopBooking,
)
from sessions.models import Kind, Session, Slot

About = FeedbackQuestion.About


@dataclass(frozen=True)
class ToAnswer:
    """One thing a person can still give feedback on; no session: the edition as a whole."""

    edition: Edition
    session: Session | None


def about_of(session: Session | None) -> str:
    return About.SESSION if session else About.EDITION


def plan_of(edition: Edition) -> FeedbackPlan | None:
    return FeedbackPlan.objects.filter(edition=edition).first()


def ended_at(sessions: Iterable[int]) -> dict[int, datetime]:
    """When the last time of each ends in the released timetable; without one it is left out. One query."""
    slots = Slot.objects.released().filter(session__in=list(sessions), ends_at__isnull=False)
    return dict(slots.order_by().values_list("session").annotate(Max("ends_at")))


def has_ended(edition: Edition, session: Session | None, at: datetime) -> bool:
    if session:
        last = ended_at([session.pk]).get(session.pk)
    else:
        last = Slot.objects.released().filter(session__edition=edition).aggregate(last=Max("ends_at"))["last"]
    return last <= at if last else edition.phase(at) == "after"


def is_open(plan: FeedbackPlan, session: Session | None, at: datetime | None = None) -> bool:
    at = at or clock.now()
    return not plan.is_over(at) and is_asked_about(session) and has_ended(plan.edition, session, at)


def is_asked_about(session: Session | None) -> bool:
    return session is None or session.is_public and session.kind != Kind.BREAK


def was_there(registration: Registration, session: Session | None) -> bool:
    if not registration.is_confirmed:
        return False
    if session is None or not session.takes_bookings:
        return True
    return session.pk in own_sessions(registration)


def own_sessions(registration: Registration) -> set[int]:
    """Where the person had a place or was noted as present; two queries."""
    booked = WorkshopBooking.objects.confirmed().filter(registration=registration)
    present = CheckIn.objects.standing().in_sessions().filter(registration=registration)
    return {*booked.values_list("workshop", flat=True), *present.values_list("session", flat=True)}  # type: ignore[list-item]


def keys_of(registration: Registration) -> set[int]:
    """Of all registrations of this person at this edition: who cancels and comes again answers once."""
    rows = Registration.objects.filter(user=registration.user_id, edition=registration.edition_id)
    return set(rows.values_list("pk", flat=True))


def has_answered(plan: FeedbackPlan, session: Session | None, registration: Registration) -> bool:
    sheet = FeedbackSheet.objects.filter(plan=plan, session=session).first()
    return bool(sheet and keys_of(registration) & set(sheet.given))


def can_answer(registration: Registration, session: Session) -> bool:
    """Whether this person is asked about this session now, and has not answered yet."""
    plan = plan_of(registration.edition)
    if plan is None:
        return False
    plan.edition = registration.edition
    is_asked = plan.questions.filter(about=About.SESSION).exists()  # type: ignore[attr-defined]
    is_theirs = is_asked and is_open(plan, session) and was_there(registration, session)
    return is_theirs and not has_answered(plan, session, registration)


def to_answer(registration: Registration, at: datetime | None = None) -> list[ToAnswer]:
    """What this person was in and has not answered about yet, and the edition at the end; at most eight queries."""
    at, edition = at or clock.now(), registration.edition
    plan = plan_of(edition)
    if plan is None or plan.is_over(at) or not registration.is_confirmed:
        return []
    plan.edition = edition
    asked = set(plan.questions.values_list("about", flat=True))  # type: ignore[attr-defined]
    mine = keys_of(registration)
    sheets = FeedbackSheet.objects.filter(plan=plan).values_list("session", "given")
    done = {session for session, given in sheets if mine & set(given)}
    found = [ToAnswer(edition, one) for one in ended_of(registration, at)] if About.SESSION in asked else []
    found = [one for one in found if one.session and one.session.pk not in done]
    if About.EDITION in asked and None not in done and has_ended(edition, None, at):
        found.append(ToAnswer(edition, None))
    return found


def ended_of(registration: Registration, at: datetime) -> list[Session]:
    ends = ended_at(own_sessions(registration))
    over = [pk for pk, end in ends.items() if end <= at]
    rows = Session.objects.published().filter(pk__in=over).exclude(kind=Kind.BREAK).in_order()
    found = list(rows)
    for one in found:
        one.edition = registration.edition
    return found
