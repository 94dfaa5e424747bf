"""Registrations as CSV that a spreadsheet opens without running anything, and that reads back identical."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils import timezone

from conference.models.user import STAND_IN
from conference.sheets.cells import write_csv
from registration.models import Registration

COLUMNS = [
    "reference", "name", "email", "country", "role", "organisation", "edition", "type", "status",
    "queue_number", "registered_at", "confirmed_at", "cancelled_at",
]  # fmt: skip
NEEDS = ["dietary_needs", "access_needs"]


def columns_of(*, with_needs: bool) -> list[str]:
    return [*COLUMNS, *NEEDS] if with_needs else COLUMNS


def export_registrations(registrations: QuerySet, *, with_needs: bool) -> Iterator[str]:
    """The registrations as CSV, read from the database in portions."""
    header = columns_of(with_needs=with_needs)
    people = registrations.select_related("user", "edition", "registration_type").order_by("created_at", "pk")
    return write_csv(header, (row_of(person, with_needs) for person in people.iterator(chunk_size=500)))


def row_of(registration: Registration, with_needs: bool) -> list[str]:
    moments = (registration.created_at, registration.confirmed_at, registration.cancelled_at)
    needs = [registration.dietary_needs, registration.access_needs] if with_needs else []
    return [
        registration.reference,
        registration.user.name,
        "" if registration.user.email.endswith(STAND_IN) else registration.user.email,
        str(registration.country),
        registration.role,
        registration.organisation_name,
        registration.edition.slug,
        registration.registration_type.name or "",
        registration.status,
        str(registration.queue_number),
        *(timezone.localtime(at).isoformat(timespec="seconds") if at else "" for at in moments),
        *needs,
    ]
