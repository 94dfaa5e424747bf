"""An edition's attendees in numbers for the front page of the admin."""

from typing import Any

from django.db.models import Count

from conference.models import Edition
from registration.admin.approving import pending_address
from registration.admin.queue import with_occupancy
from registration.admin.workshops import occupancy_words
from registration.models import Registration
from sessions.admin.numbers import number
from sessions.models import Workshop

Status = Registration.Status


def registration_numbers(edition: Edition, may_decide: bool) -> list[dict[str, Any]]:
    """Each leads to its list; those who wait for approval to the page on which they are decided about."""
    rows = Registration.objects.filter(edition=edition).order_by().values_list("status")
    counts = dict(rows.annotate(count=Count("pk")))
    name = "admin:registration_registration_changelist"
    found = {
        status: number(
            status.label, counts.get(status, 0), name, edition=edition.pk, status__exact=status.value
        )
        for status in Status
        if status != Status.PENDING or counts.get(status)
    }
    if may_decide and Status.PENDING in found:
        found[Status.PENDING]["address"] = pending_address(edition)
    return list(found.values())


def workshop_numbers(edition: Edition) -> list[dict[str, Any]]:
    """Each workshop that takes bookings: its places as words, leading to its bookings."""
    workshops = with_occupancy(Workshop.objects.filter(edition=edition, takes_bookings=True).in_order())
    name = "admin:registration_workshopbooking_changelist"
    return [
        number(row.title, row.confirmed, name, edition=edition.pk, workshop__id__exact=row.pk)
        | {
            "occupancy": occupancy_words(row),
            "is_full": row.capacity is not None and row.confirmed >= row.capacity,
        }
        for row in workshops.plannable()
    ]
