"""Register several colleagues in one go, all or none; each has an own registration to take over by a mailed link."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from conference import clock
from conference.accounts.domains import domain_of
from conference.accounts.services import has_verified_address
from conference.models import Edition, Membership, Organisation, User
from conference.models.user import STAND_IN
from registration.claims import mails as claim_mails
from registration.claims.exceptions import NotOfOrganisation, PlacesLack, RowsRefused, TooManyHeld
from registration.exceptions import Refusal, RegistrationClosed
from registration.models import Claim, Registration, RegistrationType
from registration.services.claims import check_limits, lock, offer
from registration.services.eligibility import domains_of, types_for
from registration.services.place_log import Reason, note
from registration.services.waiting_list import Status, end, fill, free_places, lock_types, newcomer

MOST_AT_ONCE = 20
ERASED_AFTER = timedelta(days=30)
ForWhom = RegistrationType.ForWhom


@dataclass(frozen=True)
class Colleague:
    name: str
    email: str


def types_for_colleagues(
    edition: Edition, *, user: User, organisation: Organisation, at: datetime | None = None
) -> list[RegistrationType]:
    """What is open to the person; places for members only if they administer an organisation that has them."""
    mine = Membership.objects.members().filter(user=user, organisation=organisation).first()
    if mine is None or edition.held_by_organisation == 0:
        return []
    open_now = types_for(edition, user=user, at=at)
    return [
        kind
        for kind in open_now
        if mine.is_administrator and has_places_for(kind, organisation) or is_free(kind)
    ]


def is_free(kind: RegistrationType) -> bool:
    return kind.for_whom in (ForWhom.EVERYONE, ForWhom.DOMAIN)


def has_places_for(kind: RegistrationType, organisation: Organisation) -> bool:
    if kind.for_whom != ForWhom.MEMBERS:
        return False
    named = {one.pk for one in kind.organisations.all()}
    return not named or organisation.pk in named


@transaction.atomic
def register_colleagues(
    *,
    by: User,
    organisation: Organisation,
    registration_type: RegistrationType,
    colleagues: Sequence[Colleague],
    at: datetime | None = None,
) -> list[Registration]:
    """A place for each, or for nobody: they are never put on a waiting list, and never told apart by what we know.

    Whether an address has an account is neither looked up nor shown; who uses the link decides about the place.
    """
    at = at or clock.now()
    kind = next(iter(lock_types([registration_type.pk])), None)
    if kind is None:
        raise RegistrationClosed
    check_may_register(by, organisation, kind, at)
    check_rows(by, kind, colleagues)
    check_held(by, organisation, kind.edition, len(colleagues))
    check_limits(by, [one.email.strip().lower() for one in colleagues], at)
    if not kind.needs_approval:
        check_places(kind, len(colleagues), at)
    return [register_one(one, by, organisation, kind, at) for one in colleagues]


def check_may_register(by: User, organisation: Organisation, kind: RegistrationType, at: datetime) -> None:
    if not by.is_active or not has_verified_address(by):
        raise NotOfOrganisation
    if not kind.is_open(at):
        raise RegistrationClosed
    if kind not in types_for_colleagues(kind.edition, user=by, organisation=organisation, at=at):
        raise NotOfOrganisation


def check_rows(by: User, kind: RegistrationType, colleagues: Sequence[Colleague]) -> None:
    """What is wrong in each row, from what the person typed and did themselves and nothing else."""
    waiting = Claim.objects.filter(
        offered_by=by, registration__edition=kind.edition_id, registration__in=Registration.objects.active()
    )
    known = set(waiting.values_list("email", flat=True))
    wrong: dict[int, str] = {}
    seen: set[str] = set()
    for number, one in enumerate(colleagues):
        email = one.email.strip().lower()
        if words := wrong_with(email, by, kind, known, seen):
            wrong[number] = words
        seen.add(email)
    if wrong or not 0 < len(colleagues) <= MOST_AT_ONCE:
        raise RowsRefused(wrong)


def wrong_with(email: str, by: User, kind: RegistrationType, known: set[str], seen: set[str]) -> str:
    if email == by.email.lower():
        return _("That is your own address: register yourself on the usual page.")
    if email in seen:
        return _("This address stands here twice.")
    if email in known:
        return _("You have registered this address already.")
    if kind.for_whom == ForWhom.DOMAIN and domain_of(email) not in domains_of(kind):
        return _("This kind is only for addresses of: %(domains)s") % {
            "domains": " ".join(sorted(domains_of(kind)))
        }
    return ""


@dataclass(frozen=True)
class Held:
    """How many places wait for colleagues of an organisation now, and how many may; None without a limit."""

    organisation: Organisation
    count: int
    most: int | None

    @property
    def left(self) -> int | None:
        return None if self.most is None else max(0, self.most - self.count)


def held_for(organisations: Sequence[Organisation], *, by: User, edition: Edition) -> list[Held]:
    """What nobody took over yet: for each organisation, and by this person in whichever organisation."""
    rows = Registration.objects.active().filter(
        Q(organisation__in=organisations) | Q(registered_by=by),
        edition=edition, user__is_active=False, user__email__endswith=STAND_IN,
    )  # fmt: skip
    waiting = list(rows.values_list("organisation", "registered_by"))
    return [
        Held(one, sum(one.pk == key or by.pk == who for key, who in waiting), edition.held_by_organisation)
        for one in organisations
    ]


def check_held(by: User, organisation: Organisation, edition: Edition, wanted: int) -> None:
    """Nobody keeps half a conference for people who may never come; two requests do not count at once."""
    Organisation.objects.select_for_update(no_key=True, of=("self",)).filter(pk=organisation.pk).first()
    User.objects.select_for_update(no_key=True).filter(pk=by.pk).first()
    [held] = held_for([organisation], by=by, edition=edition)
    if held.left is not None and held.left < wanted:
        raise TooManyHeld(held.most or 0, held.count, wanted)


def check_places(kind: RegistrationType, wanted: int, at: datetime) -> None:
    fill(kind, at)  # whoever waits comes before whoever comes
    left = free_places(kind)
    if left is not None and left < wanted:
        raise PlacesLack(left, wanted)


def register_one(
    one: Colleague, by: User, organisation: Organisation, kind: RegistrationType, at: datetime
) -> Registration:
    place = {"status": Status.PENDING} if kind.needs_approval else newcomer(kind, at).columns
    made = Registration.objects.create(
        user=User.objects.create_stand_in(one.name),
        edition=kind.edition,
        registration_type=kind,
        role=Registration.Role.OTHER,
        organisation=organisation,
        organisation_name=organisation.name[:200],
        registered_by=by,
        **place,
    )
    note(made, kind, Reason.TAKEN, at, by=by)
    offer(registration=made, name=one.name, email=one.email, by=by, is_handing_over=False, at=at)
    return made


# --- Nobody came ------------------------------------------------------------------------------------------------


def end_unclaimed(at: datetime | None = None) -> int:
    """Give back what was kept for colleagues who did not come in time; how many."""
    at = at or clock.now()
    ran_out = Claim.objects.filter(
        claimed_at=None, withdrawn_at=None, is_handing_over=False, expires_at__lte=at,
        registration__in=Registration.objects.active(),
    )  # fmt: skip
    return sum(end_one(claim, at) for claim in ran_out.select_related("registration__edition"))


@transaction.atomic
def end_one(claim: Claim, at: datetime) -> bool:
    """Not while the conference goes on: who is at the door then is let in by name."""
    if claim.registration.edition.phase(at) == "during":
        return False
    try:
        registration, kind = lock(claim.registration)
    except Refusal:
        return False
    ended = Claim.objects.filter(pk=claim.pk, claimed_at=None, withdrawn_at=None).update(withdrawn_at=at)
    if not ended or not registration.user.is_stand_in:
        return False
    claim_mails.ran_out(Claim.objects.select_related("offered_by", "registration__edition").get(pk=claim.pk))
    end(registration, kind, at, by=None)
    fill(kind, at)
    return True


@transaction.atomic
def erase_old_claims(at: datetime | None = None) -> int:
    """Names and addresses of people who never came are kept a month at most; the queue can still be replayed."""
    old = Claim.objects.filter(expires_at__lte=(at or clock.now()) - ERASED_AFTER).exclude(email="")
    stand_ins = Registration.objects.filter(
        claims__in=old, user__is_active=False, user__email__endswith=STAND_IN
    ).exclude(status__in=[Status.CONFIRMED, Status.WAITING, Status.PENDING])
    User.objects.filter(pk__in=stand_ins.values("user")).exclude(name="–").update(name="–")
    return old.update(name="–", email="")
