"""Somebody is there: welcomed once at the door and once in each session, whoever scans and however often."""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, models, transaction

from conference import clock
from conference.models import Edition, User
from registration.exceptions import TooEarlyToBePresent
from registration.models import CheckIn, Place, Registration
from registration.presence.opening import too_early_words
from sessions.models import Session

CODE = re.compile(r"[A-Z2-7]{32}", re.ASCII)
LONGEST_CODE = 100  # characters, with what scanners put around it
LONGEST_DEVICE = 60


class Kind(models.TextChoices):
    """What became of a scan."""

    WELCOME = "welcome"
    ALREADY = "already"
    UNKNOWN = "unknown"
    OTHER_EDITION = "other_edition"
    CANCELLED = "cancelled"
    WAITING = "waiting"
    PENDING = "pending"
    UNDONE = "undone"
    UNREADABLE = "unreadable"


BY_STATUS = {
    Place.Status.CANCELLED: Kind.CANCELLED,
    Place.Status.WAITING: Kind.WAITING,
    Place.Status.PENDING: Kind.PENDING,
}


@dataclass(frozen=True)
class Answer:
    """What became of it; whose ticket it is, as far as it is of this edition; and the check-in that stands or stood."""

    kind: Kind
    registration: Registration | None = None
    check_in: CheckIn | None = None
    edition: Edition | None = None  # whose ticket it is, if it is of another one


def code_in(text: str) -> str:
    """The ticket code as it is stored, however a scanner or a hand wrote it; empty if it is none."""
    if len(text) > LONGEST_CODE:
        return ""
    letters = "".join(text.split()).upper()
    return letters if CODE.fullmatch(letters) else ""


@transaction.atomic
def check_in(
    *,
    edition: Edition,
    nonce: UUID,
    by: User | None,
    code: str = "",
    registration: Registration | None = None,
    session: Session | None = None,
    way: str = CheckIn.Way.SCAN,
    device: str = "",
    at: datetime | None = None,
) -> Answer:
    """Welcome whoever has this ticket code or registration; the same nonce is the same scan, sent again."""
    found = _locked(code_in(code), registration)
    if found is None:
        return Answer(Kind.UNKNOWN if registration or code_in(code) else Kind.UNREADABLE)
    if found.edition_id != edition.pk:
        return Answer(Kind.OTHER_EDITION, edition=found.edition)
    rows = CheckIn.objects.select_related("by", "undone_by")
    if sent_before := rows.filter(nonce=nonce).first():
        return _again(sent_before, found, session)
    if refusal := BY_STATUS.get(Place.Status(found.status)):
        return Answer(refusal, found)
    if standing := rows.standing().filter(registration=found, session=session).first():
        return Answer(Kind.ALREADY, found, standing)
    made = _create(
        nonce=nonce,
        registration=found,
        session=session,
        way=way,
        by=by,
        device=device[:LONGEST_DEVICE],
        at=at or clock.now(),
    )
    return Answer(Kind.WELCOME, found, made) if made else Answer(Kind.UNREADABLE)


def _locked(code: str, registration: Registration | None) -> Registration | None:
    """The row that everybody who welcomes this person waits for; a code that was replaced meanwhile finds none."""
    rows = Registration.objects.select_related("user", "edition", "registration_type")
    locked = rows.select_for_update(no_key=True, of=("self",))
    if registration:
        return locked.filter(pk=registration.pk).first()
    return locked.filter(ticket_code=code).first() if code else None


def _again(known: CheckIn, found: Registration, session: Session | None) -> Answer:
    """What the first answer to this scan was, unless it was undone since."""
    if known.registration_id != found.pk or known.session_id != (session.pk if session else None):
        return Answer(Kind.UNREADABLE)
    return Answer(Kind.UNDONE if known.undone_at else Kind.WELCOME, found, known)


def _create(**fields: object) -> CheckIn | None:
    """Nothing, if at this very moment somebody else's scan came with the same nonce, which no honest device makes."""
    try:
        with transaction.atomic():
            return CheckIn.objects.create(**fields)
    except IntegrityError:
        return None


@transaction.atomic
def undo(*, check_in: CheckIn, by: User | None, at: datetime | None = None) -> bool:
    """Take a check-in back; who and when stays in its row. False if it was taken back before."""
    _locked("", check_in.registration)
    standing = CheckIn.objects.standing().filter(pk=check_in.pk)
    return bool(standing.update(undone_at=at or clock.now(), undone_by=by))


@transaction.atomic
def note_presence(
    *,
    session: Session,
    present: list[Registration],
    absent: list[Registration],
    by: User | None,
    at: datetime | None = None,
) -> tuple[int, int]:
    """The facilitator's list: who is newly present and who was ticked by mistake; how many of each it changed.

    Raises TooEarlyToBePresent when somebody is to be present before people take their seats.
    """
    at = at or clock.now()
    if present and (words := too_early_words(session, at)):
        raise TooEarlyToBePresent(words)
    everybody = Registration.objects.filter(pk__in={row.pk for row in (*present, *absent)})
    list(everybody.select_for_update(no_key=True).order_by("pk"))  # two lists at once take them in one order
    came = 0
    for registration in present:
        answer = check_in(
            edition=session.edition,
            nonce=uuid4(),
            by=by,
            registration=registration,
            session=session,
            way=CheckIn.Way.LIST,
            at=at,
        )
        came += answer.kind == Kind.WELCOME
    standing = CheckIn.objects.standing().filter(session=session, registration__in=absent)
    went = sum(
        undo(check_in=row, by=by, at=at)
        for row in standing.select_related("registration").order_by("registration_id")
    )
    return came, went
