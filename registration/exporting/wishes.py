"""What somebody wants exported: which list, of whom, which columns, in which form."""

from dataclasses import asdict, dataclass, field
from typing import Any

from django.db.models import QuerySet

from conference.models import Edition
from registration.models import Registration


@dataclass(frozen=True)
class Wish:
    """It goes into a task as it is. Without types, or without sessions: all of them."""

    listing: str
    form: str
    columns: list[str]
    statuses: list[str]
    types: list[int] = field(default_factory=list)
    session: int | None = None

    def as_options(self) -> dict[str, Any]:
        return asdict(self)

    def of_people(self, rows: QuerySet, path: str = "") -> QuerySet:
        """Rows of people with these types; the path leads from a row to its registration."""
        return rows.filter(**{f"{path}registration_type__in": self.types}) if self.types else rows

    def chosen(self, edition: Edition) -> QuerySet[Registration]:
        """The registrations it is about."""
        rows = Registration.objects.filter(edition=edition, status__in=self.statuses)
        return self.of_people(rows)
