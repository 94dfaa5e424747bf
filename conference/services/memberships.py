"""Found an organisation, join it, ask to, decide about who asks, leave; the organisation is locked before anything is counted."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _

from conference import clock
from conference.accounts.domains import confirmed_domains, is_public_provider
from conference.accounts.exceptions import MembershipRefused
from conference.accounts.services import has_verified_address
from conference.content import touch
from conference.models import FormerAddress, Membership, Organisation, User
from conference.services import membership_mails as mails

Status = Membership.Status
MOST_OF_ONE_PERSON = 20  # organisations somebody belongs to, or asks


def locked_organisation(organisation: Organisation) -> Organisation:
    return Organisation.objects.select_for_update(no_key=True, of=("self",)).get(pk=organisation.pk)


@transaction.atomic
def found(*, user: User, at: datetime | None = None, **facts: str) -> Membership:
    """A new organisation; who founds it is its first member and administers it."""
    may_act(user)
    domain = facts.pop("domain", "")
    refuse_foreign_domain(user, domain)
    organisation = Organisation(**facts, domain=domain.lower(), slug=free_slug(facts["name"]))
    organisation.full_clean(exclude=["slug"])
    organisation.save()
    return Membership.objects.create(
        organisation=organisation,
        user=user,
        status=Status.MEMBER,
        is_administrator=True,
        decided_at=at or clock.now(),
    )


def free_slug(name: str) -> str:
    base = slugify(name)[:100].strip("-") or "organisation"
    taken = {
        slug
        for model in (Organisation, FormerAddress)
        for slug in model.objects.filter(slug__startswith=base).values_list("slug", flat=True)
    }
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, 10_000))) if slug not in taken)


@transaction.atomic
def ask(*, user: User, organisation: Organisation, at: datetime | None = None) -> Membership:
    """Join at once with a confirmed address in the organisation's domain; else ask those who decide, by mail."""
    may_act(user)
    locked = locked_organisation(organisation)
    if locked.memberships.filter(user=user).exists():
        raise MembershipRefused(_("You are a member of this organisation, or have asked to be one, already."))
    if may_join(user, locked):
        return Membership.objects.create(
            organisation=locked, user=user, status=Status.MEMBER, decided_at=at or clock.now()
        )
    membership = Membership.objects.create(organisation=locked, user=user)
    mails.asked(membership)
    return membership


def may_act(user: User) -> None:
    """Only who has proven an address may bother others, and nobody for ever more organisations."""
    if not user.is_active or not has_verified_address(user):
        raise MembershipRefused(_("Confirm your email address first."))
    if user.memberships.count() >= MOST_OF_ONE_PERSON:
        raise MembershipRefused(_("You belong to very many organisations already. Leave one first."))


def may_join(user: User, organisation: Organisation) -> bool:
    """A confirmed address in the organisation's domain lets one in; one anybody can have never does."""
    return bool(organisation.domain) and organisation.domain.lower() in confirmed_domains(user)


def refuse_foreign_domain(user: User, domain: str) -> None:
    if not domain:
        return
    if is_public_provider(domain):
        raise MembershipRefused(_("Anybody can have an address at %(domain)s.") % {"domain": domain})
    if domain.lower() not in confirmed_domains(user):
        raise MembershipRefused(
            _("You have no confirmed address at %(domain)s yourself.") % {"domain": domain}
        )


@transaction.atomic
def approve(*, membership: Membership, by: User, at: datetime | None = None) -> Membership:
    """Whoever asked, or was refused before, is a member now; the first one administers the organisation."""
    organisation = locked_organisation(membership.organisation)
    row = (
        Membership.objects.filter(pk=membership.pk, organisation=organisation).select_related("user").first()
    )
    if row is None:
        raise MembershipRefused(_("This request was withdrawn."))
    if row.status == Status.MEMBER:
        return row  # a second click
    row.status, row.decided_at = Status.MEMBER, at or clock.now()
    row.is_administrator = not administrators_of(organisation).exists()
    row.save(update_fields=["status", "decided_at", "is_administrator"])
    mails.decided(row)
    return row


@transaction.atomic
def refuse(*, membership: Membership, by: User, at: datetime | None = None) -> None:
    organisation = locked_organisation(membership.organisation)
    row = organisation.memberships.asking().filter(pk=membership.pk).select_related("user").first()
    if row is None:
        return
    row.status, row.decided_at = Status.REFUSED, at or clock.now()
    row.save(update_fields=["status", "decided_at"])
    mails.decided(row)


@transaction.atomic
def leave(*, membership: Membership) -> None:
    """A member goes, or takes a request back; a refusal stays, so that nobody asks for ever."""
    organisation = locked_organisation(membership.organisation)
    row = organisation.memberships.exclude(status=Status.REFUSED).filter(pk=membership.pk).first()
    if row is None:
        return
    refuse_orphaning(row, organisation)
    remove_row(row)


@transaction.atomic
def remove(*, membership: Membership, by: User) -> None:
    """An administrator ends somebody's membership."""
    organisation = locked_organisation(membership.organisation)
    row = organisation.memberships.members().filter(pk=membership.pk).select_related("user").first()
    if row is None:
        return
    refuse_orphaning(row, organisation)
    remove_row(row)
    mails.removed(row)


def remove_row(row: Membership) -> None:
    was_shown = row.is_shown
    Membership.objects.filter(pk=row.pk).delete()
    if was_shown:
        touch()


def refuse_orphaning(row: Membership, organisation: Organisation) -> None:
    """Members are never left without an administrator; the last person of all may go."""
    others = organisation.memberships.members().exclude(pk=row.pk)
    if row.is_administrator and others.exists() and not others.filter(is_administrator=True).exists():
        raise MembershipRefused(_("Let another member administer the organisation first."))


def administrators_of(organisation: Organisation) -> QuerySet[Membership]:
    """Those who can decide: a deactivated account decides nothing."""
    return organisation.memberships.administering().filter(user__is_active=True)


@transaction.atomic
def set_administrator(*, membership: Membership, is_administrator: bool, by: User | None) -> None:
    organisation = locked_organisation(membership.organisation)
    row = organisation.memberships.members().filter(pk=membership.pk).first()
    if row is None or row.is_administrator == is_administrator:
        return
    if not is_administrator:
        refuse_orphaning(row, organisation)
    row.is_administrator = is_administrator
    row.save(update_fields=["is_administrator"])


@transaction.atomic
def show(*, membership: Membership, is_shown: bool) -> None:
    """Each person decides for themselves whether the organisation's page names them."""
    changed = Membership.objects.members().filter(pk=membership.pk).exclude(is_shown=is_shown)
    if changed.update(is_shown=is_shown):
        touch()


@transaction.atomic
def describe(*, organisation: Organisation, by: User, **facts: str) -> Organisation:
    """An administrator says what the organisation is, and which domain lets people in."""
    locked = locked_organisation(organisation)
    if not administrators_of(locked).filter(user=by).exists():
        raise MembershipRefused(_("Only its administrators can change the organisation."))
    if facts.get("domain", locked.domain).lower() != locked.domain:
        refuse_foreign_domain(by, facts["domain"])
    for field, value in facts.items():
        setattr(locked, field, value.lower() if field == "domain" else value)
    locked.full_clean(exclude=["slug"])
    locked.save(update_fields=list(facts))
    touch()
    return locked


@transaction.atomic
def admit(*, user: User, organisation: Organisation, at: datetime | None = None) -> None:
    """Makes somebody a member for whom an administrator has spoken; who is one stays as they are."""
    try:
        with transaction.atomic():
            row, _made = Membership.objects.get_or_create(
                organisation=organisation,
                user=user,
                defaults={"status": Status.MEMBER, "decided_at": at or clock.now()},
            )
    except IntegrityError:  # asked at the same moment
        row = Membership.objects.get(organisation=organisation, user=user)
    if row.status != Status.MEMBER:
        row.status, row.decided_at = Status.MEMBER, at or clock.now()
        row.save(update_fields=["status", "decided_at"])
