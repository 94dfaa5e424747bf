"""Counts how often somebody does what is limited; how often they may stands in `rates`.

allauth counts its own actions in the cache, under a lock that a crowd behind one address would wait for, and be
refused after a second. Ours are counted here in one statement each, from the first time until the window is over.
"""

import hashlib
from datetime import datetime, timedelta

from allauth.core.internal.ratelimit import Rate, get_ip, parse_rates
from django.conf import settings
from django.db import connection
from django.http import HttpRequest

from conference import clock
from conference.models import RateCount

COUNT_ONE = """
    INSERT INTO {table} (key, count, ends_at) VALUES (%s, 1, %s)
    ON CONFLICT (key) DO UPDATE SET
        count = CASE WHEN {table}.ends_at <= %s THEN 1 ELSE {table}.count + 1 END,
        ends_at = CASE WHEN {table}.ends_at <= %s THEN excluded.ends_at ELSE {table}.ends_at END
    RETURNING count
"""  # PostgreSQL and SQLite both know it


def is_too_often(request: HttpRequest, action: str, *, key: str = "") -> bool:
    """Count this once, and say whether it is more than RATES allow; every limit of the action is asked in turn."""
    rates = parse_rates((settings.ACCOUNT_RATE_LIMITS or {}).get(action))
    return any(
        count_one(_key(request, action, rate, key), timedelta(seconds=rate.duration)) > rate.amount
        for rate in rates
    )


def was_too_often(request: HttpRequest, action: str, *, key: str = "") -> bool:
    """Whether they have done it as often as they may already, told before costly work; this counts nothing."""
    rates = parse_rates((settings.ACCOUNT_RATE_LIMITS or {}).get(action))
    counts = RateCount.objects.filter(ends_at__gt=clock.now())
    return any(counts.filter(key=_key(request, action, rate, key), count__gte=rate.amount) for rate in rates)


def _key(request: HttpRequest, action: str, rate: Rate, key: str) -> str:
    if rate.per != "key":
        key = get_ip(request) if rate.per == "ip" else str(request.user.pk)
    return hashlib.sha256(f"{action}\n{rate}\n{key}".encode()).hexdigest()


def count_one(key: str, lasts: timedelta) -> int:
    """One more in this key's window, which lasts so long from its first; how many that makes."""
    now = clock.now()
    ends_at, now_stored = (connection.ops.adapt_datetimefield_value(moment) for moment in (now + lasts, now))
    statement = COUNT_ONE.format(table=connection.ops.quote_name(RateCount._meta.db_table))
    with connection.cursor() as cursor:
        cursor.execute(statement, [key, ends_at, now_stored, now_stored])
        return int(cursor.fetchone()[0])


def forget_ended_counts(at: datetime | None = None) -> int:
    """Delete what no longer limits anybody."""
    return RateCount.objects.filter(ends_at__lt=at or clock.now()).delete()[0]
