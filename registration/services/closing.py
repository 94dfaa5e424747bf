"""What becomes of registrations when their account is closed: places go back, and nothing says whose they were.

The rows stay, in the name of nobody: seats, presence and the log of places add up as before. At an edition that is
over the place was used and stays what it was, with country and role for its figures; elsewhere it is given back.
"""

import secrets
import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from conference import clock
from conference.accounts.closing import ChangedWhileClosing, Leaving
from conference.accounts.traces import NOBODY, addresses_of, forget_tasks
from conference.content import touch
from conference.models import Task, User
from conference.models.user import STAND_IN
from registration.models import (
    Answer,
    Certificate,
    CheckIn,
    Claim,
    ConsentChange,
    FixedPlace,
    GroupPlace,
    InvoiceRequest,
    Outcome,
    PlaceChange,
    Preference,
    Registration,
    RegistrationType,
    WorkshopBooking,
)
from registration.models.registration import new_reference, new_ticket_code
from registration.services.place_log import Reason
from registration.services.waiting_list import Owner, Status, end, fill, lock_types, lock_workshops
from sessions.models import Workshop

Rows = list[Registration]
Key = tuple[type[Owner], int]


@transaction.atomic
def leave_registrations(leaving: Leaving) -> None:
    """Free everything that the person holds or waits for, tell whoever moves up, and forget the person."""
    at, user = clock.now(), leaving.user
    addresses = addresses_of(user)
    rows, owners = locked(user, addresses, at)
    given_back = [one for one in rows if one.is_active and one.edition.phase(at) != "after"]
    give_back(given_back, owners, at)
    forget_elsewhere(user, addresses, at)
    if rows:
        forget(rows, given_back, user)
        # Lists, badges and packs that were made of these editions are made anew when somebody asks.
        forget_tasks(
            Task.objects.filter(edition__in={row.edition_id for row in rows}, status=Task.Status.DONE)
        )


# --- Giving back -----------------------------------------------------------------------------------------------


def registrations_of(user: User, addresses: Sequence[str]) -> QuerySet[Registration]:
    """The person's own, and those that somebody keeps for them until they come."""
    kept = Claim.objects.filter(
        email__in=addresses, claimed_at=None, withdrawn_at=None, is_handing_over=False,
        registration__user__is_active=False, registration__user__email__endswith=STAND_IN,
    )  # fmt: skip
    return Registration.objects.filter(Q(user=user) | Q(pk__in=kept.values("registration")))


def locked(user: User, addresses: Sequence[str], at: datetime) -> tuple[Rows, list[Owner]]:
    """Owners of capacity first, then the rows, and the account last: from here on nobody can add to it."""
    found = registrations_of(user, addresses)
    known = list(found.active().select_related("edition"))  # type: ignore[attr-defined]
    live = [one for one in known if one.edition.phase(at) != "after"]
    types = lock_types(one.registration_type_id for one in live)
    held = Q(bookings__registration__in=live) & ~Q(bookings__status=Status.CANCELLED)
    bookable = Q(edition__in={one.edition_id for one in live}, takes_bookings=True)
    # Without an active registration nothing is booked; a query would come to the same.
    workshops = (
        lock_workshops(Workshop._base_manager.filter(held | bookable).values_list("pk", flat=True))
        if live
        else []
    )
    related = found.select_related("user", "edition", "registration_type").order_by("pk")
    rows = list(related.select_for_update(no_key=True, of=("self",)))
    User.objects.select_for_update().filter(pk=user.pk).first()
    now = set(found.values_list("pk", flat=True))
    still = {one.pk: one.registration_type_id for one in rows if one.is_active}
    if now != {one.pk for one in rows} or still != {one.pk: one.registration_type_id for one in known}:
        raise ChangedWhileClosing
    return rows, [*types, *workshops]


def give_back(rows: Rows, owners: Sequence[Owner], at: datetime) -> None:
    """Every place first, so that none of them moves up in another's stead; then the queues."""
    by_key: dict[Key, Owner] = {(type(one), one.pk): one for one in owners}
    left: set[Key] = set()
    for row in rows:
        for booking in row.bookings.active().select_related("workshop"):  # type: ignore[attr-defined]
            left.add(leave(booking, by_key, (Workshop, booking.workshop_id), at))
        left.add(leave(row, by_key, (RegistrationType, row.registration_type_id), at))
    for key, owner in by_key.items():
        if key in left:
            fill(owner, at)


def leave(place: Registration | WorkshopBooking, owners: dict[Key, Owner], key: Key, at: datetime) -> Key:
    if key not in owners:  # it began to take bookings after the others were locked
        raise ChangedWhileClosing
    end(place, owners[key], at, by=None, reason=Reason.GIVEN_BACK)
    return key


# --- Forgetting ------------------------------------------------------------------------------------------------


def forget(rows: Rows, given_back: Rows, user: User) -> None:
    """The rows belong to nobody from now on; whatever somebody still has of them on paper leads nowhere."""
    for model in (Answer, Claim, ConsentChange, FixedPlace, InvoiceRequest, Preference):
        model.objects.filter(registration__in=rows).delete()  # type: ignore[attr-defined]
    GroupPlace.objects.filter(registration__in=given_back).delete()
    PlaceChange.objects.filter(registration__in=rows).update(note="")
    nobody = User.objects.create_stand_in(NOBODY)
    stand_ins = {row.user for row in rows} - {user}
    for row in rows:
        if row in given_back or row.status == Status.CANCELLED:
            row.country, row.role = "", Registration.Role.OTHER
        empty(row, nobody)
    revoke_certificates(rows)
    for one in stand_ins:
        one.delete()


def empty(row: Registration, nobody: User) -> None:
    row.user, row.registered_by, row.organisation = nobody, None, None
    row.organisation_name = row.dietary_needs = row.access_needs = row.refusal_reason = ""
    row.consent_version = row.badge_said = ""
    row.consent_at = row.badge_printed_at = None
    row.guid, row.reference, row.ticket_code = uuid.uuid4(), new_reference(), new_ticket_code()
    row.save()


def revoke_certificates(rows: Rows) -> None:
    """Its number is not given again, and whoever checks it reads that it is revoked, but nothing of the person."""
    for one in Certificate.objects.filter(registration__in=rows):
        one.name, one.revoke_reason = NOBODY, ""
        one.facts |= {"organisation": "", "parts": []}
        one.revoked_at = one.revoked_at or clock.now()
        one.save(update_fields=["name", "revoke_reason", "facts", "revoked_at"])


def forget_elsewhere(user: User, addresses: Sequence[str], at: datetime) -> None:
    """What stands on rows of others: offers to this person, an invoice they kept, the name of a device."""
    theirs = Claim.objects.filter(email__in=addresses)
    theirs.filter(claimed_at=None, withdrawn_at=None).update(withdrawn_at=at)
    for one in theirs:  # what checked the link goes too
        Claim.objects.filter(pk=one.pk).update(name=NOBODY, email="", token_hash=secrets.token_hex(32))
    InvoiceRequest.objects.filter(kept_by=user).delete()
    CheckIn.objects.filter(by=user).update(device="")
    named = Q(contact__iexact=user.name)
    for address in addresses:
        named |= Q(contact__icontains=address)
    if Outcome.objects.filter(named).update(contact=""):
        touch()
