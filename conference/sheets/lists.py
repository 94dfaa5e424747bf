"""The rows and columns of a list of the admin, as this person sees it with the filters that they chose."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import flatten_fieldsets, label_for_field, lookup_field
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from conference.languages import label_of

PORTION = 500
CHECKBOX = "action_checkbox"


@dataclass(frozen=True)
class Column:
    key: str
    heading: str
    is_usual: bool  # stands in the list itself; the others stand in the form of a row


def rows_of(model_admin: Any, request: HttpRequest) -> QuerySet[Any]:
    """What the filters in the address leave, in the order of the list."""
    try:
        return model_admin.get_changelist_instance(request).queryset
    except IncorrectLookupParameters as error:
        raise Http404 from error


def columns_of(model_admin: Any, request: HttpRequest, example: Any) -> list[Column]:
    """What the list shows, then what the form of one row shows; both ask what this person may see.

    Of two with the same heading the form's is left out: the list says the same in its own way.
    """
    shown = [name for name in model_admin.get_list_display(request) if name != CHECKBOX]
    below = flatten_fieldsets(model_admin.get_fieldsets(request, example))
    more = [name for name in below if name not in shown and is_column(model_admin.model, name)]
    usual = [Column(str(name), heading(model_admin, name), is_usual=True) for name in dict.fromkeys(shown)]
    also = [Column(str(name), heading(model_admin, name), is_usual=False) for name in dict.fromkeys(more)]
    headings = {one.heading for one in usual}
    return [*usual, *(one for one in also if one.heading not in headings)]


def is_column(model: type[models.Model], name: Any) -> bool:
    try:
        return (
            bool(getattr(model._meta.get_field(name), "concrete", False))
            and not model._meta.get_field(name).many_to_many
        )
    except (FieldDoesNotExist, TypeError):
        return False


def heading(model_admin: Any, name: str) -> str:
    texts = [one for one in model_admin.model._meta.fields if one.name == name and hasattr(one, "language")]
    if texts:
        return label_of(texts[0])
    return capfirst(strip_tags(str(label_for_field(name, model_admin.model, model_admin))))


def lines(model_admin: Any, rows: QuerySet[Any], names: list[str]) -> Iterator[list[str]]:
    """A line of texts for each row, a portion at a time; rows that columns point to are fetched along."""
    fields = [model_admin.model._meta.get_field(name) for name in names if is_column(model_admin.model, name)]
    related = [field.name for field in fields if field.is_relation]
    if related and not isinstance(rows.query.select_related, bool):
        rows = rows.select_related(*related)
    elif related:
        rows = rows.select_related(*model_admin.list_select_related or [], *related)
    for row in each_row(model_admin, rows):
        yield [cell(model_admin, row, name) for name in names]


def each_row(model_admin: Any, rows: QuerySet[Any]) -> Iterator[Any]:
    """An admin that counts something for each row of a page says itself how it is counted for thousands."""
    of_itself = getattr(model_admin, "rows_to_take_out", None)
    found: Iterator[Any] = of_itself(rows, PORTION) if of_itself else rows.iterator(chunk_size=PORTION)
    return found


def cell(model_admin: Any, row: Any, name: str) -> str:
    field, _attribute, value = lookup_field(name, row, model_admin)
    if field is not None and getattr(field, "flatchoices", None):
        return str(
            dict(field.flatchoices).get(getattr(value, "code", value), value if value is not None else "")
        )
    return plain(value)


def plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return strip_tags(value) if isinstance(value, SafeString) else str(value)
