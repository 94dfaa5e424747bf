"""Count that a presentation was looked at: one statement, which says nothing about the person."""

import logging
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import OperationalError, connection, transaction
from django.db.models import Sum

from registration.models import ViewCount
from sessions.models import Presentation

log = logging.getLogger(__name__)
COUNT_ONE = """
    INSERT INTO {counts} (presentation_id, day, country, count)
    SELECT id, %s, %s, 1 FROM {presentations} WHERE guid = %s
    ON CONFLICT (presentation_id, day, country) DO UPDATE SET count = {counts}.count + 1
"""  # PostgreSQL and SQLite both know it


def count_view(guid: UUID, *, day: date, country: str = "") -> None:
    """A busy database keeps nobody from the page: the view is then not counted."""
    quote = connection.ops.quote_name
    statement = COUNT_ONE.format(
        counts=quote(ViewCount._meta.db_table), presentations=quote(Presentation._meta.db_table)
    )
    stored = Presentation._meta.get_field("guid").get_db_prep_value(guid, connection)  # type: ignore[union-attr]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [connection.ops.adapt_datefield_value(day), country, stored])
    except OperationalError:
        log.warning("The database was busy: a view was not counted.")


def count_views_of_all(presentations: Iterable[Presentation]) -> dict[int, int]:
    """By the key of the presentation, in one query; without an entry there are none."""
    rows = ViewCount.objects.filter(presentation__in=[one.pk for one in presentations])
    return dict(rows.order_by().values_list("presentation").annotate(Sum("count")))
