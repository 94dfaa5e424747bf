"""Registrations as CSV that a spreadsheet opens without running anything, and that reads back identical."""

import csv
import io
import re
from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.utils import timezone

from conference.models.user import STAND_IN
from registration.models import Registration

BOM = "\ufeff"
# What makes a spreadsheet calculate, in plain and full width. Apostrophes before it count too, so that
# taking one away gives back exactly what was there.
TRIGGERS = "=+\\-@|%＝＋－＠｜％\t\r\n"
DANGEROUS = re.compile(f"'*[{TRIGGERS}]")
MARKED = re.compile(f"'+[{TRIGGERS}]")

COLUMNS = [
    "reference", "name", "email", "country", "role", "organisation", "edition", "type", "status",
    "queue_number", "registered_at", "confirmed_at", "cancelled_at",
]  # fmt: skip
NEEDS = ["dietary_needs", "access_needs"]


def safe_cell(value: str) -> str:
    """The text with an apostrophe before it if a spreadsheet would take it for a formula."""
    return f"'{value}" if DANGEROUS.match(value) else value


def plain_cell(cell: str) -> str:
    """The text that `safe_cell` was given."""
    return cell[1:] if MARKED.match(cell) else cell


def write_csv(header: list[str], rows: Iterable[list[str]]) -> Iterator[str]:
    """Lines of a CSV file, one at a time: BOM, header, then the rows; every cell quoted and safe."""
    line = io.StringIO(newline="")
    writer = csv.writer(line, quoting=csv.QUOTE_ALL)
    yield BOM
    for row in [header], rows:
        for cells in row:
            writer.writerow([safe_cell(cell) for cell in cells])
            yield line.getvalue()
            line.seek(0)
            line.truncate()


def read_csv(text: str) -> list[list[str]]:
    """Rows of a file that `write_csv` wrote, header first, as they were before."""
    reader = csv.reader(io.StringIO(text.removeprefix(BOM), newline=""))
    return [[plain_cell(cell) for cell in row] for row in reader]


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
