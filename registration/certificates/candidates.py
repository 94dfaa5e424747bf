"""Who would get a certificate of an edition by its rule, with how many hours, and why the others would not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from conference.models import Edition
from registration.certificates.hours import Attendance, Programme, attendance_of, programme_of
from registration.certificates.words import hours_in_words
from registration.models import Certificate, CertificateRule, PlaceQuerySet, Registration


@dataclass(frozen=True)
class Candidate:
    """One confirmed registration; `why_not` is empty for who would get one."""

    registration: Registration
    attendance: Attendance = field(default_factory=Attendance)
    certificate: Certificate | None = None
    why_not: str = ""

    @property
    def is_due(self) -> bool:
        return not self.why_not


def rule_of(edition: Edition) -> CertificateRule:
    """The organiser's, or the one that holds until there is one."""
    return CertificateRule.objects.filter(edition=edition).first() or CertificateRule(edition=edition)


def confirmed_at(edition: Edition) -> PlaceQuerySet:
    found: PlaceQuerySet = Registration.objects.confirmed().filter(edition=edition)
    return found.select_related("user", "organisation").order_by("user__name", "pk")


def candidates(edition: Edition) -> list[Candidate]:
    """All confirmed registrations of the edition in the order of names; the same few queries for any number."""
    return judged(list(confirmed_at(edition)), rule_of(edition))


def judged(
    registrations: Sequence[Registration],
    rule: CertificateRule,
    programme: Programme | None = None,
) -> list[Candidate]:
    programme = programme_of(rule.edition_id) if programme is None else programme
    found = attendance_of(registrations, rule, programme)
    latest = latest_certificates(registration.pk for registration in registrations)
    return [
        Candidate(
            one, found[one.pk], latest.get(one.pk), why_not(one, found[one.pk], latest.get(one.pk), rule)
        )
        for one in registrations
    ]


def latest_certificates(registrations: Iterable[int]) -> dict[int, Certificate]:
    """The valid one of each, else the one that was revoked last."""
    rows = Certificate.objects.filter(registration__in=list(registrations)).order_by("number")
    found: dict[int, Certificate] = {}
    for one in rows.defer("facts"):
        held = found.get(one.registration_id)
        if held is None or held.revoked_at:
            found[one.registration_id] = one
    return found


def why_not(
    registration: Registration, attendance: Attendance, latest: Certificate | None, rule: CertificateRule
) -> str:
    if latest and not latest.revoked_at:
        return _("has number %(number)s") % {"number": latest}
    if latest:
        return _("number %(number)s was revoked; only by hand") % {"number": latest}
    if not registration.user.name.strip():
        return _("the account has no name")
    if not attendance.hours and not attendance.sessions:
        return (
            _("nobody noted that this person was there") if rule.door_counts else _("was noted in no session")
        )
    if attendance.hours < rule.minimum_hours:
        return _("%(hours)s of %(needed)s hours") % {
            "hours": hours_in_words(attendance.hours), "needed": hours_in_words(rule.minimum_hours)
        }  # fmt: skip
    return ""
