"""What a group agreed on: written by several facilitators at once, handed in, then approved or sent back.

Nobody overwrites anybody: each row comes back with a digest of the words that were shown. Words that differ from those were
typed; they are only kept if the row still says what was shown.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from conference import clock
from conference.models import User
from conference.trail.records import note
from registration.groups import outcome_mails
from registration.groups.exceptions import NothingToHandIn, OutcomesLocked, TooManyOutcomes
from registration.models import Outcome
from sessions.models import Session

FIELDS = ("problem", "action", "who", "deadline", "contact")
MOST = 60  # rows of a session
Status = Outcome.Status
OPEN = (Status.DRAFT, Status.REFUSED)  # facilitators may change them


@dataclass(frozen=True)
class Typed:
    """A row as it came back from the page; without a key it is new, and `group` says whose."""

    values: Mapping[str, str]
    key: int | None = None
    group: int | None = None
    seen: str = ""
    is_removed: bool = False


@dataclass
class Saved:
    """What became of the typed rows; conflicts were not kept, and nothing else was lost."""

    changed: int = 0
    conflicts: list[Typed] = field(default_factory=list)


def values_of(outcome: Outcome) -> dict[str, str]:
    return {name: getattr(outcome, name) for name in FIELDS}


def digest(values: Mapping[str, str]) -> str:
    """The same for the same words, whichever line ends a browser sends."""
    words = [" ".join(values.get(name, "").split()) for name in FIELDS]
    return hashlib.sha256(json.dumps(words).encode()).hexdigest()[:24]


def lock_outcomes(session: Session) -> dict[int, Outcome]:
    """Everybody who works on the outcomes of a session takes turns."""
    sessions = Session._base_manager.select_for_update(no_key=True, of=("self",))
    sessions.get(pk=session.pk)
    return {row.pk: row for row in Outcome.objects.filter(session=session.pk).select_for_update(of=("self",))}


@transaction.atomic
def save_rows(*, session: Session, typed: Iterable[Typed], groups: Collection[int | None], by: User) -> Saved:
    """Keep what was typed, in rows of these groups only."""
    rows = {pk: row for pk, row in lock_outcomes(session).items() if row.group_id in groups}
    saved = Saved()
    for one in typed:
        if one.key is None:
            saved.changed += add_row(session, rows, one, groups, by)
        elif one.is_removed or digest(one.values) != one.seen:
            change_row(rows.get(one.key), one, saved)
    return saved


def add_row(
    session: Session, rows: dict[int, Outcome], one: Typed, groups: Collection[int | None], by: User
) -> int:
    """A new row, unless this very row was added a moment ago: by the same button, pressed twice."""
    same = [
        row
        for row in rows.values()
        if row.group_id == one.group and digest(values_of(row)) == digest(one.values)
    ]
    if same or one.group not in groups:
        return 0
    if len(rows) >= MOST:
        raise TooManyOutcomes
    row = Outcome.objects.create(session=session, group_id=one.group, written_by=by, **one.values)
    rows[row.pk] = row
    return 1


def change_row(row: Outcome | None, one: Typed, saved: Saved) -> None:
    if row is None:
        if not one.is_removed:
            saved.conflicts.append(one)
        return
    now = digest(values_of(row))
    if now == digest(one.values) and not one.is_removed:
        return  # somebody typed the same
    if now != one.seen or row.status not in OPEN:
        saved.conflicts.append(one)
        return
    saved.changed += 1
    if one.is_removed:
        row.delete()
        return
    for name in FIELDS:
        setattr(row, name, one.values[name])
    row.save(update_fields=[*FIELDS, "updated_at"])


@transaction.atomic
def hand_in(*, session: Session, groups: Collection[int | None]) -> int:
    """Everything these groups wrote goes to the organisers; facilitators can still take it back."""
    rows = [row for row in lock_outcomes(session).values() if row.group_id in groups and row.status in OPEN]
    if not rows:
        raise NothingToHandIn
    return set_status(rows, Status.SUBMITTED)


@transaction.atomic
def take_back(*, session: Session, groups: Collection[int | None]) -> int:
    """What waits for the organisers becomes a draft again."""
    rows = [
        row
        for row in lock_outcomes(session).values()
        if row.group_id in groups and row.status == Status.SUBMITTED
    ]
    if not rows:
        raise OutcomesLocked
    return set_status(rows, Status.DRAFT)


def set_status(rows: Iterable[Outcome], status: str, **others: object) -> int:
    pks = [row.pk for row in rows]
    count = Outcome.objects.filter(pk__in=pks).update(status=status, updated_at=clock.now(), **others)
    note(Outcome.objects.filter(pk__in=pks))
    return count


@transaction.atomic
def approve(*, outcomes: Iterable[Outcome], at: datetime | None = None) -> list[Outcome]:
    """Public from now on: those that were handed in, with one mail to each of their writers."""
    waiting = lock_waiting(outcomes)
    set_status(waiting, Status.APPROVED, reason="", approved_at=at or clock.now())
    outcome_mails.approved(waiting)
    return waiting


@transaction.atomic
def send_back(*, outcomes: Iterable[Outcome], reason: str) -> list[Outcome]:
    """To be mended: those that were handed in or approved, and what was public is so no more."""
    rows = lock_waiting(outcomes, (Status.SUBMITTED, Status.APPROVED))
    set_status(rows, Status.REFUSED, reason=reason, approved_at=None)
    outcome_mails.sent_back(rows, reason)
    return rows


def lock_waiting(
    outcomes: Iterable[Outcome], statuses: tuple[str, ...] = (Status.SUBMITTED,)
) -> list[Outcome]:
    rows = Outcome.objects.filter(pk__in=[row.pk for row in outcomes], status__in=statuses)
    locked = rows.select_for_update(no_key=True, of=("self",)).order_by("pk")
    return list(locked.select_related("session__edition", "group", "written_by"))


def public_outcomes(session: Session) -> QuerySet[Outcome]:
    """Approved ones of a session and of the parts that take place in it."""
    return approved_in(Q(session=session.pk) | Q(session__part_of=session.pk))


def approved_in(of_these: Q) -> QuerySet[Outcome]:
    """What everybody may read of these sessions, in the order of the programme."""
    rows = Outcome.objects.filter(
        of_these,
        status=Status.APPROVED,
        session__status=Session.Status.PUBLISHED,
        session__edition__is_published=True,
    )
    order = ("session__position", "session__number", "session", "group__position", "group", "pk")
    return rows.select_related("session", "group").order_by(*order)
