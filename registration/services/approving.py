"""Approve or refuse registrations of kinds that need it; until then nobody has a place, nor waits for one."""

from datetime import datetime

from django.db import transaction

from conference import clock
from conference.models import User
from registration import emails
from registration.exceptions import NotPending
from registration.models import Registration, RegistrationType
from registration.services.place_log import Reason, note
from registration.services.waiting_list import Status, end, lock_types, newcomer

Locked = tuple[Registration, RegistrationType]


@transaction.atomic
def approve(*, registration: Registration, by: User, at: datetime | None = None) -> Registration:
    """A free place, else the end of the waiting list: who was approved earlier stands before."""
    at = at or clock.now()
    locked, owner = _pending(registration)
    turn = newcomer(owner, at)
    for field, value in turn.columns.items():
        setattr(locked, field, value)
    locked.save(update_fields=["status", "queue_number", "confirmed_at"])
    note(locked, owner, Reason.APPROVED, at, before=Status.PENDING, by=by)
    emails.registered(locked, position=turn.position, is_approved=True)
    return locked


@transaction.atomic
def refuse(*, registration: Registration, by: User, reason: str, at: datetime | None = None) -> Registration:
    """The reason goes to the person, and stays with the registration."""
    locked, owner = _pending(registration)
    locked.refusal_reason = reason.strip()
    locked.save(update_fields=["refusal_reason"])
    end(locked, owner, at or clock.now(), by=by, reason=Reason.REFUSED)
    emails.registration_refused(locked)
    return locked


def _pending(registration: Registration) -> Locked:
    owner = next(iter(lock_types([registration.registration_type_id])), None)
    rows = Registration.objects.select_related("user", "edition").select_for_update(no_key=True, of=("self",))
    locked = rows.filter(pk=registration.pk, registration_type=owner, status=Status.PENDING).first()
    if owner is None or locked is None:
        raise NotPending
    return locked, owner
