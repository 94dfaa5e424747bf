"""Register for an edition, change what was said, and cancel."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from conference import clock
from conference.models import Organisation, User
from registration import emails
from registration.changes.deadlines import check_own_changes
from registration.exceptions import (
    AccountClosed,
    AlreadyRegistered,
    BecameFull,
    ChangedMeanwhile,
    NotForYou,
    RegistrationClosed,
    RegistrationGone,
)
from registration.models import Registration, RegistrationType
from registration.questions.asking import Answers
from registration.services.answers import lock_limits, save_answers
from registration.services.eligibility import may_take, membership_for
from registration.services.invoicing import drop_request
from registration.services.place_log import Reason, note
from registration.services.same_person import check_same_person
from registration.services.waiting_list import (
    Owner,
    Status,
    Turn,
    end,
    fill,
    lock_types,
    lock_workshops,
    newcomer,
)
from sessions.models import Workshop


@transaction.atomic
def register(
    *,
    user: User,
    registration_type: RegistrationType,
    role: str,
    country: str,
    organisation_name: str = "",
    organisation: Organisation | None = None,
    dietary_needs: str = "",
    access_needs: str = "",
    given: Answers | None = None,
    consent_version: str = "",
    has_consented: bool = True,
    invitation_key: str = "",
    may_wait: bool = True,
    on_purpose: bool = False,
    by_organiser: bool = False,
    by: User | None = None,
    at: datetime | None = None,
) -> Registration:
    """Give a person a place at the edition, or one on the waiting list when it is full.

    A kind that needs approval gives neither: the registration is pending until an organiser decides. Who may
    not wait (nobody asked them yet) is refused when it is full. Organisers add people also when registration
    is closed or for others, past approval, and `on_purpose` where it is full. Without `by` the person does it.
    """
    at = at or clock.now()
    owner = next(iter(lock_types([registration_type.pk], registration_type.edition)), None)
    if owner is None:
        raise RegistrationClosed
    if given:
        lock_limits(given)
    if not by_organiser:
        _check_open(owner, user, invitation_key, at)
    _check_person(user)
    turn = _turn(owner, at, by_organiser=by_organiser, on_purpose=by_organiser and on_purpose)
    if turn.position and not may_wait:
        _check_not_registered(user, owner)  # whoever has a place is not asked to wait for one
        raise BecameFull(turn.position)
    registration = _create(
        user=user,
        edition=owner.edition,
        registration_type=owner,
        role=role,
        country=country,
        organisation_name=organisation_name,
        organisation=organisation or membership_for(owner, user),
        dietary_needs=dietary_needs,
        access_needs=access_needs,
        registered_by=by if by and by != user else None,
        consent_at=at if has_consented else None,
        consent_version=consent_version if has_consented else "",
        **turn.columns,
    )
    if given:
        save_answers(registration=registration, cleaned=given, at=at, is_new=True)
    note(registration, owner, Reason.TAKEN, at, by=by or user)
    emails.registered(registration, position=turn.position)
    return registration


def _check_open(owner: RegistrationType, user: User, invitation_key: str, at: datetime) -> None:
    """Open now, by the server's clock, and for this person; both as things stand under the lock."""
    if not owner.is_open(at):
        raise RegistrationClosed
    if not may_take(owner, user=user, invitation_key=invitation_key):
        raise NotForYou


def _check_person(user: User) -> None:
    """Still there: an account that is being closed waits, or is gone."""
    if not list(User.objects.select_for_update(no_key=True).filter(pk=user.pk).values_list("pk")):
        raise AccountClosed


def _check_not_registered(user: User, owner: RegistrationType) -> None:
    if Registration.objects.active().filter(user=user, edition=owner.edition_id).exists():
        raise AlreadyRegistered


def _turn(owner: RegistrationType, at: datetime, *, by_organiser: bool, on_purpose: bool) -> Turn:
    if owner.needs_approval and not by_organiser:
        return Turn({"status": Status.PENDING})
    turn = newcomer(owner, at)
    if turn.position and on_purpose:
        return Turn(turn.columns | {"status": Status.CONFIRMED, "confirmed_at": at})
    return turn


def _create(**fields: object) -> Registration:
    """The database refuses a second one of the same person. That breaks the transaction: the refusal must end it."""
    try:
        return Registration.objects.create(**fields)
    except IntegrityError as error:
        raise AlreadyRegistered from error


@transaction.atomic
def update_registration(
    *,
    registration: Registration,
    given: Answers | None = None,
    by: User | None = None,
    at: datetime | None = None,
    **changes: str,
) -> Registration:
    """Change role, country, organisation, needs or answers; none of them touches the place.

    Without `by` the person does it.
    """
    at = at or clock.now()
    allowed = {"role", "country", "organisation_name", "dietary_needs", "access_needs"}
    if unknown := changes.keys() - allowed:
        raise TypeError(f"update_registration() cannot change {sorted(unknown)}")
    lock_limits(given or {})
    locked = _locked(registration)
    if locked is None:
        raise RegistrationGone
    if not by:
        check_own_changes(locked, at)
    for field, value in changes.items():
        setattr(locked, field, value)
    locked.save(update_fields=list(changes))
    if given:
        save_answers(registration=locked, cleaned=given, at=at)
    return locked


def _locked(registration: Registration) -> Registration | None:
    """The row as it is now, unless it is cancelled."""
    rows = Registration.objects.active().select_related("user", "registration_type", "edition")
    locked = rows.select_for_update(no_key=True, of=("self",)).filter(pk=registration.pk).first()
    if locked:
        check_same_person(locked, registration)
    return locked


@transaction.atomic
def cancel_registration(
    *, registration: Registration, by: User | None = None, at: datetime | None = None
) -> None:
    """Give the place at the edition back, and with it every place in its workshops. Without `by` the person does it."""
    at = at or clock.now()
    types = lock_types([registration.registration_type_id])
    # All workshops that could be booked, so that a booking made meanwhile cannot slip through.
    held = Q(bookings__registration=registration) & ~Q(bookings__status=Status.CANCELLED)
    bookable = Q(edition=registration.edition_id, takes_bookings=True)
    workshops = lock_workshops(Workshop.objects.filter(held | bookable).values_list("pk", flat=True))
    locked = _locked(registration)
    if locked is None:
        return
    if locked.registration_type not in types:
        raise ChangedMeanwhile
    if not by:
        check_own_changes(locked, at)
    _give_all_back(locked, types, workshops, by=by, at=at)


def _give_all_back(
    locked: Registration,
    types: list[RegistrationType],
    workshops: list[Workshop],
    *,
    by: User | None,
    at: datetime,
) -> None:
    bookings = list(locked.bookings.active().select_related("workshop"))
    reason = Reason.CANCELLED if by else Reason.GIVEN_BACK
    held_in = {workshop.pk: workshop for workshop in workshops}
    for booking in bookings:
        end(booking, held_in[booking.workshop_id], at, by=by or locked.user, reason=reason)
    end(locked, locked.registration_type, at, by=by or locked.user, reason=reason)
    drop_request(locked)
    emails.registration_cancelled(locked, [booking.workshop for booking in bookings])
    given_back = {booking.workshop_id for booking in bookings}
    owners: list[Owner] = [*types, *(workshop for workshop in workshops if workshop.pk in given_back)]
    for owner in owners:
        fill(owner, at)
