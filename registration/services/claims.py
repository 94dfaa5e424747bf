"""Hand a registration to a colleague, and let the one who holds the mailed link take it over, once."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import get_language

from conference import clock
from conference.models import Organisation, User
from conference.services.memberships import admit
from registration import emails
from registration.changes.deadlines import check_own_changes
from registration.claims import mails as claim_mails
from registration.claims.exceptions import (
    ClaimSpent,
    MailedJustNow,
    NoHandingOver,
    OwnAddress,
    TooManyMails,
)
from registration.exceptions import (
    AlreadyRegistered,
    ChangedMeanwhile,
    NotForYou,
    Refusal,
    RegistrationGone,
)
from registration.models import (
    Answer,
    Claim,
    ConsentChange,
    GroupPlace,
    Registration,
    RegistrationType,
)
from registration.models.registration import new_ticket_code
from registration.questions.asking import Answers
from registration.services.answers import lock_limits, save_answers
from registration.services.eligibility import may_take, membership_for
from registration.services.invoicing import leave_with
from registration.services.place_log import Reason, note
from registration.services.same_person import check_same_person
from registration.services.waiting_list import Status, end, fill, lock_types

VALID_FOR = timedelta(days=14)
TOKEN_BYTES = 32
DAY = timedelta(days=1)
NOT_AGAIN_FOR = timedelta(minutes=10)  # to the same address about the same registration
MOST_A_DAY = 20  # mails that one person causes: as many as colleagues are registered in one go
MOST_TO_ONE = 5  # and that one address gets
Locked = tuple[Registration, RegistrationType]


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


# --- Offering --------------------------------------------------------------------------------------------------


@transaction.atomic
def hand_over(*, registration: Registration, name: str, email: str, at: datetime | None = None) -> Claim:
    """Offer one's place to a colleague; it stays one's own until the colleague takes it. Earlier links end."""
    at = at or clock.now()
    locked, kind = lock(registration)
    check_handing_over(locked, kind, at)
    if email.strip().lower() == locked.user.email.lower():
        raise OwnAddress
    return offer(registration=locked, name=name, email=email, by=locked.user, is_handing_over=True, at=at)


def check_handing_over(registration: Registration, kind: RegistrationType, at: datetime) -> None:
    """The organiser's switch, the deadline, and nobody who was there, or waits for approval, is another person later."""
    if (
        not kind.can_be_handed_over
        or registration.status == Status.PENDING
        or not registration.user.is_active
    ):
        raise NoHandingOver
    if registration.check_ins.standing().exists() or registration.certificates.exists():
        raise NoHandingOver
    check_own_changes(registration, at)


def may_hand_over(registration: Registration, at: datetime | None = None) -> bool:
    """For pages, which offer nothing that would be refused."""
    try:
        check_handing_over(registration, registration.registration_type, at or clock.now())
    except Refusal:
        return False
    return True


def offer(
    *, registration: Registration, name: str, email: str, by: User, is_handing_over: bool, at: datetime
) -> Claim:
    """A link, good once, goes to the address; the registration is locked. Whether it has an account nobody asks."""
    email = email.strip().lower()
    if registration.claims.usable(at).filter(email=email, created_at__gt=at - NOT_AGAIN_FOR).exists():
        raise MailedJustNow
    check_limits(by, [email], at)
    registration.claims.filter(claimed_at=None, withdrawn_at=None).update(withdrawn_at=at)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    claim = Claim.objects.create(
        registration=registration, name=name, email=email, token_hash=hash_of(token), offered_by=by,
        is_handing_over=is_handing_over, expires_at=(at + VALID_FOR).replace(second=0, microsecond=0),
    )  # fmt: skip
    Claim.objects.filter(pk=claim.pk).update(created_at=at)
    claim_mails.offered(claim, token, get_language() or "en")
    return claim


def check_limits(by: User, emails_: list[str], at: datetime) -> None:
    """Nobody fills other people's mailboxes with our help; the person's row keeps two requests from counting at once."""
    User.objects.select_for_update(no_key=True).filter(pk=by.pk).first()
    lately = Claim.objects.filter(created_at__gt=at - DAY)
    if lately.filter(offered_by=by).count() + len(emails_) > MOST_A_DAY:
        raise TooManyMails
    if any(lately.filter(email=email).count() >= MOST_TO_ONE for email in emails_):
        raise TooManyMails


@transaction.atomic
def send_again(*, registration: Registration, by: User, at: datetime | None = None) -> Claim:
    """A new link for a colleague who has not come yet; the former one ends."""
    at = at or clock.now()
    locked, _kind = lock(registration)
    last = locked.claims.filter(offered_by=by, is_handing_over=False).order_by("-pk").first()
    if last is None or not locked.user.is_stand_in:
        raise ClaimSpent
    return offer(registration=locked, name=last.name, email=last.email, by=by, is_handing_over=False, at=at)


@transaction.atomic
def withdraw(*, registration: Registration, by: User, at: datetime | None = None) -> None:
    """The links end. A place that was only kept for a colleague goes back; one's own stays one's own."""
    at = at or clock.now()
    locked, kind = lock(registration)
    if not locked.claims.filter(offered_by=by).exists():
        raise ClaimSpent
    ended = locked.claims.filter(offered_by=by, claimed_at=None, withdrawn_at=None).update(withdrawn_at=at)
    if locked.user.is_stand_in:
        end(locked, kind, at, by=by)
        fill(kind, at)
    elif not ended:
        raise ClaimSpent


def lock(registration: Registration) -> Locked:
    """The owner of the capacity first, then the row as it is now."""
    types = lock_types([registration.registration_type_id])
    rows = Registration.objects.active().select_related("user", "edition", "registration_type")
    locked = rows.select_for_update(no_key=True, of=("self",)).filter(pk=registration.pk).first()
    if locked is None:
        raise RegistrationGone
    if not types or locked.registration_type_id != types[0].pk:
        raise ChangedMeanwhile
    check_same_person(locked, registration)
    return locked, types[0]


# --- Taking over -----------------------------------------------------------------------------------------------


def usable_claim(token: str, at: datetime | None = None) -> Claim:
    """The claim behind a link; one that was used, withdrawn, is too old, or never was, all look the same."""
    at = at or clock.now()
    rows = Claim.objects.usable(at).filter(
        token_hash=hash_of(token), registration__in=Registration.objects.active()
    )
    related = ["registration__edition", "registration__registration_type", "registration__user"]
    claim = rows.select_related(*related, "registration__organisation", "offered_by").first()
    if claim is None or claim.registration.edition.phase(at) == "after" or not is_still_offered(claim):
        raise ClaimSpent
    return claim


def is_still_offered(claim: Claim) -> bool:
    """Somebody's own place only by themselves, and not by an account that was deactivated meanwhile."""
    owner = claim.registration.user
    if claim.is_handing_over:
        return owner.is_active and owner.pk == claim.offered_by_id
    return owner.is_stand_in


@transaction.atomic
def take_over(
    *,
    token: str,
    user: User,
    given: Answers | None = None,
    consent_version: str = "",
    at: datetime | None = None,
    **answers: str,
) -> Registration:
    """Make the place the user's own: place, number in the queue and bookings stay, everything personal is new."""
    at = at or clock.now()
    found = usable_claim(token, at)
    registration, kind, claim = lock_claim(found, user, given or {}, token, at)
    check_taking_over(claim, kind, user, at)
    former = registration.user
    has_invoice = leave_with(former, registration=registration)
    forget_former(registration)
    become(registration, user, kind, claim, at, consent_version=consent_version, **answers)
    save_answers(registration=registration, cleaned=given or {}, at=at, is_new=True)
    Claim.objects.filter(pk=claim.pk).update(claimed_at=at)
    note(registration, kind, Reason.HANDED_OVER, at, before=registration.status, by=user)
    emails.registered(registration)
    if former.is_stand_in:
        former.delete()
    else:
        claim_mails.taken_over(claim, former, has_invoice=has_invoice)
    return registration


def lock_claim(
    found: Claim, user: User, given: Answers, token: str, at: datetime
) -> tuple[Registration, RegistrationType, Claim]:
    """Everything again under the locks: organisations, type, limited options, registration, then the claim itself.

    Organisations come first, as where two of them become one: that takes the rows that point to them afterwards.
    """
    lock_organisations(found, user)
    types = lock_types([found.registration.registration_type_id])
    lock_limits(given)
    rows = Registration.objects.active().select_related(
        "user", "edition", "registration_type", "organisation"
    )
    registration = rows.select_for_update(no_key=True, of=("self",)).filter(pk=found.registration_id).first()
    Claim.objects.select_for_update(no_key=True, of=("self",)).filter(pk=found.pk).first()
    claim = usable_claim(token, at)
    if registration is None or not types or registration.registration_type_id != types[0].pk:
        raise ClaimSpent
    return registration, types[0], claim


def lock_organisations(claim: Claim, user: User) -> None:
    """Those that the registration may point to before or after, in one order."""
    of_user = user.memberships.values_list("organisation", flat=True)
    keys = [key for key in (claim.registration.organisation_id, *of_user) if key]
    rows = Organisation.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=keys)
    list(rows.order_by("pk").values_list("pk"))


def check_taking_over(claim: Claim, kind: RegistrationType, user: User, at: datetime) -> None:
    person = User.objects.select_for_update(no_key=True).filter(pk=user.pk).first()
    if person is None or not person.is_active:  # closed meanwhile, or not to come in any more
        raise ClaimSpent
    if user.registrations.active().filter(edition=kind.edition_id).exists():
        raise AlreadyRegistered
    if claim.is_handing_over:
        check_handing_over(claim.registration, kind, at)
        # Whoever was invited may pass the invitation on; what is for members or a domain is for them only.
        if not may_take(kind, user=user, invitation_key=kind.invitation_key):
            raise NotForYou


def forget_former(registration: Registration) -> None:
    """What the former person said of themselves, and what their scanner read, is nobody's any more."""
    Answer.objects.filter(registration=registration).delete()
    ConsentChange.objects.filter(registration=registration).delete()
    GroupPlace.objects.filter(
        registration=registration
    ).delete()  # by their country or answer; it is dealt anew
    registration.dietary_needs = registration.access_needs = registration.refusal_reason = ""
    registration.needs_deleted_at = registration.badge_printed_at = None
    registration.ticket_code = new_ticket_code()


def become(
    registration: Registration, user: User, kind: RegistrationType, claim: Claim, at: datetime, **answers: str
) -> None:
    fields: dict[str, Any] = {**answers, "user": user, "consent_at": at}
    if claim.is_handing_over:
        fields |= {"organisation": membership_for(kind, user), "registered_by": None}
    elif kind.for_whom == RegistrationType.ForWhom.MEMBERS and registration.organisation:
        admit(user=user, organisation=registration.organisation, at=at)  # an administrator spoke for them
    for field, value in fields.items():
        setattr(registration, field, value)
    try:
        with transaction.atomic():
            registration.save()
    except IntegrityError as error:  # registered elsewhere at this very moment
        raise AlreadyRegistered from error
