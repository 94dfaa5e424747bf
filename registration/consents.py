"""What a person agreed to, over the whole site: since when, to which words, and what taking it back means."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from conference.models import Edition, User
from registration.models import Answer, ConsentChange, Registration
from registration.questions.asking import YES, Kind, plain
from sessions.models import PracticeConsent


@dataclass
class Consent:
    """`leads_to` is a page on which it is taken back, `button` an address that does it at once."""

    about: str
    at: datetime | None
    version: str
    consequence: str
    words: str = ""
    is_given: bool = True
    leads_to: str = ""
    link_words: str = ""
    button: str = ""
    edition: Edition | None = None
    changes: list[ConsentChange] = field(default_factory=list)


def consents_of(user: User) -> list[Consent]:
    """The account's first; the same few queries however many there are."""
    registrations = list(Registration.objects.filter(user=user).select_related("edition").order_by("-pk"))
    return [
        *([account_consent(user)] if user.consent_at else []),
        *(registration_consent(one) for one in registrations if one.consent_at),
        *answered(user, counting(registrations)),
        *practices(user),
    ]


def counting(registrations: list[Registration]) -> list[Registration]:
    """Of each edition the active one, else the one made last."""
    by_edition: dict[int, Registration] = {}
    for one in sorted(registrations, key=lambda one: (not one.is_active, -one.pk)):
        by_edition.setdefault(one.edition_id, one)
    return list(by_edition.values())


def account_consent(user: User) -> Consent:
    return Consent(
        about=_("Your account"),
        at=user.consent_at,
        version=user.consent_version,
        words=_("My data may be used for this account and for what I register for."),
        consequence=_("Without it there can be no account: you take it back by closing yours."),
        leads_to=reverse("conference:close_account"),
        link_words=_("Close my account"),
    )


def registration_consent(row: Registration) -> Consent:
    """A conference that is over keeps the place, as that of nobody once the account is closed."""
    is_live = row.is_active and row.edition.phase() != "after"
    return Consent(
        about=_("Your registration"),
        edition=row.edition,
        at=row.consent_at,
        version=row.consent_version,
        words=_("My data may be used for this account and for what I register for."),
        consequence=_("Without it there is no place for you: you take it back by giving the place back.")
        if is_live
        else _("It is over or cancelled: you take it back by closing your account."),
        leads_to=reverse("registration:cancel", args=[row.edition.slug])
        if is_live
        else reverse("conference:close_account"),
        link_words=_("Give the place back") if is_live else _("Close my account"),
    )


def answered(user: User, counting: list[Registration]) -> Iterator[Consent]:
    """Consents that organisers asked for, given or taken back, with each change; of the registrations that count."""
    mine = Answer.objects.filter(registration__in=counting, question__kind=Kind.CONSENT, deleted_at=None)
    rows = mine.select_related("question__edition").order_by("-registration", "question__position")
    changes: dict[tuple[int, int], list[ConsentChange]] = defaultdict(list)
    for change in ConsentChange.objects.filter(registration__user=user):
        changes[change.registration_id, change.question_id].append(change)
    for row in rows:
        known = changes[row.registration_id, row.question_id]
        is_given = row.text == YES
        where = row.question.edition
        yield Consent(
            about=plain(row.question, "label"),
            edition=where,
            at=row.answered_at,
            version=str(row.version),
            words=known[0].words if known else "",
            is_given=is_given,
            changes=known,
            consequence=_("From then on we keep to it. What was done before stays as it is."),
            button=reverse("registration:withdraw_consent", args=[where.slug, row.question.pk])
            if is_given
            else "",
            leads_to="" if is_given else reverse("registration:my_registration", args=[where.slug]),
            link_words="" if is_given else _("Your registration"),
        )


def practices(user: User) -> Iterator[Consent]:
    mine = PracticeConsent.objects.filter(presentation__uploaded_by=user, presentation__is_practice=True)
    for row in mine.select_related("presentation").order_by("-given_at"):
        is_given = row.presentation.withdrawn_at is None
        yield Consent(
            about=row.presentation.title,
            at=row.given_at if is_given else row.presentation.withdrawn_at,
            version=str(row.version),
            words=row.words,
            is_given=is_given,
            consequence=_(
                "Your practice leaves the library. Who took it home before keeps it, under its licence."
            ),
            button=reverse("registration:withdraw_practice", args=[row.presentation.guid])
            if is_given
            else "",
        )
