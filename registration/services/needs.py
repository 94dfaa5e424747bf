"""Dietary and access needs are kept for one purpose, and erased when it has passed."""

from datetime import date, datetime, timedelta

from django.db.models import Q

from conference import clock
from conference.models import Edition
from registration.models import Registration

KEPT_FOR = timedelta(days=30)


def needs_deleted_on(edition: Edition) -> date | None:
    """The day on which the needs of an edition are erased; unknown while it has no date."""
    return edition.last_day + KEPT_FOR if edition.last_day else None


def delete_due_needs(at: datetime | None = None) -> int:
    """Erase needs from 30 days after the edition's last day on, and say how many people that concerned.

    An edition without a date: 30 days after a registration was cancelled, otherwise not before it has a date.
    """
    at = at or clock.now()
    with_needs = Registration.objects.exclude(dietary_needs="", access_needs="")
    editions = Edition.objects.filter(registrations__in=with_needs).distinct()
    over = [edition.pk for edition in editions if is_due(edition, at)]
    cancelled = Q(edition__starts_on=None, edition__ends_on=None, cancelled_at__lte=at - KEPT_FOR)
    due = with_needs.filter(Q(edition__in=over) | cancelled)
    return due.update(dietary_needs="", access_needs="", needs_deleted_at=at)


def is_due(edition: Edition, at: datetime) -> bool:
    day = needs_deleted_on(edition)
    return day is not None and edition.today(at) >= day
