"""Issue certificates by the rule or by hand, correct a name, and take a certificate back."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from conference import clock
from conference.mail.batches import one_batch
from conference.models import Edition, User
from registration.certificates import mails
from registration.certificates.candidates import Candidate, confirmed_at, judged
from registration.certificates.exceptions import (
    HasCertificate,
    HasNoName,
    NotConfirmed,
    NothingToCorrect,
    RevokedAlready,
)
from registration.certificates.facts import Around, around, facts_of, language_of
from registration.certificates.hours import Attendance, attendance_of, counted, programme_of
from registration.models import Certificate, CertificateRule, Registration
from sessions.models import Session

AT_ONCE = 50  # certificates in one transaction: numbers are held no longer than that takes
Step = Callable[[int, int], None]


@transaction.atomic
def issue(
    *,
    registration: Registration,
    by: User | None,
    sessions: Collection[Session] | None = None,
    hours: Decimal | None = None,
    at: datetime | None = None,
) -> Certificate:
    """By hand, whatever the rule says; sessions and hours are those that were counted, unless they are named."""
    rule = locked_rule(registration.edition)
    registration = locked([registration.pk])[0]
    refuse(registration)
    attendance = attendance_as(registration, rule, sessions, hours)
    shared = around(rule.edition, rule, [registration.user_id])
    certificate = made(registration, attendance, shared, next_number(rule.edition), by, at or clock.now())
    certificate.save()
    mails.issued(certificate)
    return certificate


def refuse(registration: Registration) -> None:
    if not registration.is_confirmed:
        raise NotConfirmed
    if registration.certificates.filter(revoked_at=None).exists():  # type: ignore[attr-defined]
        raise HasCertificate
    if not registration.user.name.strip():
        raise HasNoName


def attendance_as(
    registration: Registration,
    rule: CertificateRule,
    sessions: Collection[Session] | None,
    hours: Decimal | None,
) -> Attendance:
    programme = programme_of(rule.edition_id)
    if sessions is None:
        attendance = attendance_of([registration], rule, programme)[registration.pk]
    else:
        attendance = counted([session.pk for session in sessions], programme)
    return attendance if hours is None else Attendance(attendance.sessions, hours)


def issue_due(
    *, edition: Edition, by: User | None, step: Step | None = None, at: datetime | None = None
) -> int:
    """Everyone to whom the rule gives one; begun anew it goes on where it stopped. How many were issued."""
    at = at or clock.now()
    keys = list(confirmed_at(edition).filter(certificates=None).values_list("pk", flat=True))
    count = 0
    for start in range(0, len(keys), AT_ONCE):
        count += issue_some(edition=edition, keys=keys[start : start + AT_ONCE], by=by, at=at)
        if step:
            step(min(start + AT_ONCE, len(keys)), len(keys))
    return count


@transaction.atomic
@one_batch()
def issue_some(*, edition: Edition, keys: Sequence[int], by: User | None, at: datetime) -> int:
    """Judged again under the lock: nobody gets two, and who cancelled meanwhile gets none."""
    rule = locked_rule(edition)
    present = [one for one in locked(keys) if one.is_confirmed]
    due: list[Candidate] = [one for one in judged(present, rule) if one.is_due]
    shared = around(rule.edition, rule, [one.registration.user_id for one in due])
    number = next_number(rule.edition)
    issued = [
        made(one.registration, one.attendance, shared, number + index, by, at)
        for index, one in enumerate(due)
    ]
    Certificate.objects.bulk_create(issued)
    for certificate in issued:
        mails.issued(certificate)
    return len(issued)


@transaction.atomic
def reissue(*, certificate: Certificate, by: User | None, at: datetime | None = None) -> Certificate:
    """The same facts under the name and organisation of today; the former certificate is revoked."""
    at = at or clock.now()
    rule = locked_rule(certificate.edition)
    registration = locked([certificate.registration_id])[0]
    certificate = valid_or_refused(certificate)
    facts = {**certificate.facts, "organisation": registration.organisation_words}
    if (registration.user.name, facts) == (certificate.name, certificate.facts):
        raise NothingToCorrect
    if not registration.user.name.strip():
        raise HasNoName
    new = Certificate(
        edition=rule.edition, registration=registration, number=next_number(rule.edition), name=registration.user.name,
        language=certificate.language, hours=certificate.hours, facts=facts, issued_at=at, issued_by=by,
    )  # fmt: skip
    take_back(certificate, by, f"→ {new}", at)
    new.save()
    mails.issued(new, replaces=certificate)
    return new


@transaction.atomic
def revoke(
    *, certificate: Certificate, by: User | None, reason: str, at: datetime | None = None
) -> Certificate:
    """From now on whoever checks it reads that it is revoked; the person is told why."""
    locked_rule(certificate.edition)
    locked([certificate.registration_id])
    certificate = valid_or_refused(certificate)
    take_back(certificate, by, reason, at or clock.now())
    mails.revoked(certificate)
    return certificate


def valid_or_refused(certificate: Certificate) -> Certificate:
    certificate = Certificate.objects.select_related("edition", "registration__user").get(pk=certificate.pk)
    if certificate.revoked_at:
        raise RevokedAlready
    return certificate


def take_back(certificate: Certificate, by: User | None, reason: str, at: datetime) -> None:
    certificate.revoked_at, certificate.revoked_by, certificate.revoke_reason = at, by, reason
    certificate.save(update_fields=["revoked_at", "revoked_by", "revoke_reason"])


def locked_rule(edition: Edition) -> CertificateRule:
    """Whoever gives out numbers of an edition holds its rule; it is locked before any registration."""
    CertificateRule.objects.get_or_create(edition=edition)
    rules = CertificateRule.objects.select_for_update(of=("self",), no_key=True).select_related(
        "edition__series"
    )
    return rules.get(edition=edition)


def locked(keys: Sequence[int]) -> list[Registration]:
    rows = Registration.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys)
    return list(rows.select_related("user", "organisation", "edition").order_by("pk"))


def next_number(edition: Edition) -> int:
    """One more than the last; under the lock of the rule."""
    last = Certificate.objects.filter(edition=edition).order_by("-number").values_list("number", flat=True)
    return (last.first() or 0) + 1


def made(
    registration: Registration,
    attendance: Attendance,
    shared: Around,
    number: int,
    by: User | None,
    at: datetime,
) -> Certificate:
    """A certificate that is not saved."""
    return Certificate(
        edition=shared.edition, registration=registration, number=number, language=language_of(registration),
        name=registration.user.name, hours=attendance.hours, facts=facts_of(registration, attendance, shared),
        issued_at=at, issued_by=by,
    )  # fmt: skip
