"""Tell a first time from a second one without keeping who it was.

Counted like what is limited, in the same table; a key is signed, so nobody can find out by trying whose it is.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from allauth.core.internal.ratelimit import get_ip
from django.db import connection
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from conference import clock
from conference.models import RateCount

COUNT_EACH = """
    INSERT INTO {table} (key, count, ends_at) VALUES {rows}
    ON CONFLICT (key) DO UPDATE SET
        count = CASE WHEN {table}.ends_at <= %s THEN 1 ELSE {table}.count + 1 END,
        ends_at = CASE WHEN {table}.ends_at <= %s THEN excluded.ends_at ELSE {table}.ends_at END
    RETURNING key, count
"""  # as in conference/limits.py, for many keys


def asker(request: HttpRequest) -> str:
    """Who asks, as far as that can be told: the account; of a visitor network address and browser."""
    if request.user.is_authenticated:
        return f"account {request.user.pk}"
    return f"{get_ip(request)} {request.headers.get('User-Agent', '')[:500]}"


def first_times(what: Iterable[str], *, within: timedelta, at: datetime | None = None) -> set[str]:
    """Those of these that did not happen within that time, from their first on; noted in one statement."""
    by_key = {salted_hmac("conference.once", one, algorithm="sha256").hexdigest(): one for one in what}
    if not by_key:
        return set()
    now = at or clock.now()
    ends, stored_now = (connection.ops.adapt_datetimefield_value(moment) for moment in (now + within, now))
    table = connection.ops.quote_name(RateCount._meta.db_table)
    statement = COUNT_EACH.format(table=table, rows=", ".join(["(%s, 1, %s)"] * len(by_key)))
    keys = sorted(by_key)  # one order for all, so that two never wait for each other
    values = [value for key in keys for value in (key, ends)]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, stored_now, stored_now])
        return {by_key[key] for key, count in cursor.fetchall() if count == 1}
