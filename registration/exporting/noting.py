"""Writes down who took how many lines of which list out of the house: one line in the history of each edition."""

from collections import Counter

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from conference.models import Edition, User
from registration.exporting.lists import LISTINGS


def log_export(
    *, by: User, edition: Edition, listing: str, form: str, headings: list[str], count: int
) -> LogEntry:
    """The form is csv or xlsx; the headings say whether needs were among it."""
    message = _("Exported %(count)s lines of “%(list)s” as %(form)s: %(columns)s.") % {
        "count": count,
        "list": LISTINGS[listing].words,
        "form": form.upper(),
        "columns": ", ".join(headings),
    }
    return LogEntry.objects.create(
        user=by,
        content_type=ContentType.objects.get_for_model(Edition),
        object_id=str(edition.pk),
        object_repr=f"{form.upper()}: {count}",
        action_flag=CHANGE,
        change_message=message,
    )


def log_selected(*, by: User, rows: QuerySet, path: str, listing: str, headings: list[str]) -> None:
    """Lines that were ticked in a list, perhaps of several editions; the path leads from a row to its edition."""
    counts = Counter(rows.order_by().values_list(path, flat=True))
    for edition in Edition.objects.filter(pk__in=counts).order_by("pk"):
        log_export(
            by=by, edition=edition, listing=listing, form="csv", headings=headings, count=counts[edition.pk]
        )
