"""From one kind of registration to another: by the person where it is open to them, or by an organiser."""

from datetime import datetime
from typing import Any

from django.db import transaction

from conference import clock
from conference.models import User
from registration import emails
from registration.changes.deadlines import check_own_changes
from registration.exceptions import (
    InvoiceUnderWay,
    NotForYou,
    PlaceWouldBeLost,
    RegistrationClosed,
    RegistrationGone,
)
from registration.models import InvoiceRequest, Registration, RegistrationType
from registration.services.eligibility import membership_for, types_for
from registration.services.invoicing import drop_asked
from registration.services.place_log import Reason, note
from registration.services.same_person import check_same_person
from registration.services.waiting_list import Status, fill, lock_types, newcomer


@transaction.atomic
def change_type(
    *,
    registration: Registration,
    registration_type: RegistrationType,
    by: User | None = None,
    on_purpose: bool = False,
    at: datetime | None = None,
) -> Registration:
    """Give the place back there and take one here, at the end of its queue when it is full.

    Nobody who has a place loses it: whoever is confirmed stays where they are when the other kind is full or
    needs approval. Only an organiser (`by`) goes past that, on purpose, and past deadlines and closed kinds.
    """
    at = at or clock.now()
    owners = {kind.pk: kind for kind in lock_types([registration.registration_type_id, registration_type.pk])}
    locked = _locked(registration, owners)
    new, old = owners.get(registration_type.pk), owners.get(locked.registration_type_id)
    if new is None or old is None or new.edition_id != locked.edition_id:
        raise RegistrationClosed
    if new == old:
        return locked
    _check(locked, new, by, at)
    drop_asked(locked)  # its amount was that of the former kind
    place = _place(locked, new, by=by, on_purpose=on_purpose, at=at)
    _leave(locked, old, new, by=by, at=at)
    _arrive(locked, new, place, by=by, at=at)
    if by:
        emails.registration_moved(locked)
    else:
        emails.registered(locked)
    fill(old, at)
    return locked


def types_to_change_to(registration: Registration, at: datetime | None = None) -> list[RegistrationType]:
    """Other kinds that are open to the person of this registration now; none once an invoice was sent."""
    types = types_for(registration.edition, user=registration.user, at=at)
    others = [
        kind
        for kind in types
        if kind.pk != registration.registration_type_id and _is_kept(registration, kind)
    ]
    if others and InvoiceRequest.objects.under_way().filter(registration=registration).exists():
        return []
    return others


def _is_kept(registration: Registration, kind: RegistrationType) -> bool:
    """Whether a confirmed place can stay one there: what needs approval would take it away."""
    return not (registration.is_confirmed and kind.needs_approval)


def _locked(registration: Registration, owners: dict[int, RegistrationType]) -> Registration:
    rows = Registration.objects.active().select_related("user", "edition", "registration_type")
    locked = rows.select_for_update(no_key=True, of=("self",)).filter(
        pk=registration.pk, registration_type__in=owners
    )
    found: Registration | None = locked.first()
    if found is None:
        raise RegistrationGone
    check_same_person(found, registration)
    return found


def _check(locked: Registration, new: RegistrationType, by: User | None, at: datetime) -> None:
    """What a person may not do by themselves, and what nobody does while an invoice is under way.

    An invoice that a person only asked for is theirs to drop; organisers do not drop it by the way.
    """
    invoices = InvoiceRequest.objects.filter(registration=locked)
    if invoices.under_way().exists() or (
        by and invoices.filter(status=InvoiceRequest.Status.REQUESTED).exists()
    ):
        raise InvoiceUnderWay
    if by:
        return
    check_own_changes(locked, at)
    if new not in types_for(locked.edition, user=locked.user, at=at):
        raise NotForYou
    if not _is_kept(locked, new):
        raise PlaceWouldBeLost


def _place(
    locked: Registration, new: RegistrationType, *, by: User | None, on_purpose: bool, at: datetime
) -> dict[str, Any]:
    if new.needs_approval and (not by or locked.status == Status.PENDING):
        return {"status": Status.PENDING, "queue_number": 0}
    turn = newcomer(new, at)
    if turn.position and on_purpose:
        return turn.columns | {"status": Status.CONFIRMED, "confirmed_at": at}
    if turn.position and locked.is_confirmed:
        raise PlaceWouldBeLost
    return turn.columns


def _leave(
    locked: Registration, old: RegistrationType, new: RegistrationType, *, by: User | None, at: datetime
) -> None:
    """In the log of the former kind this place ends, as when it is given back."""
    before, locked.status = locked.status, Status.CANCELLED
    reason = Reason.CANCELLED if by else Reason.GIVEN_BACK
    note(locked, old, reason, at, before=before, by=by or locked.user, note=f"→ {new.name}")


def _arrive(
    locked: Registration, new: RegistrationType, place: dict[str, Any], *, by: User | None, at: datetime
) -> None:
    locked.registration_type = new
    locked.organisation = membership_for(new, locked.user) or locked.organisation
    for field, value in place.items():
        setattr(locked, field, value)
    locked.save(update_fields=["registration_type", "organisation", "status", "queue_number", "confirmed_at"])
    note(locked, new, Reason.PLACED if by else Reason.TAKEN, at, by=by or locked.user)
