"""Deletes what is over and of which nothing else takes care: sessions, log-ins, mail, and what the cache remembers."""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.cache.backends.db import BaseDatabaseCache
from django.db import connections, router
from django.db.models import Q

from conference import clock
from conference.models import Outbox

MAIL_IS_KEPT = timedelta(days=90)
Status = Outbox.Status


def forget_ended_sessions(at: datetime | None = None) -> int:
    return Session.objects.filter(expire_date__lt=at or clock.now()).delete()[0]


def forget_ended_logins(at: datetime | None = None) -> int:
    """Delete the address and browser that were noted with a log-in once its session is gone."""
    an_hour_ago = (at or clock.now()) - timedelta(hours=1)  # a session that begins is saved a moment later
    living = Session.objects.values("session_key")
    ended = UserSession.objects.filter(created_at__lt=an_hour_ago).exclude(session_key__in=living)
    return ended.delete()[0]


def forget_old_mail(at: datetime | None = None) -> int:
    """Delete what was sent or given up long ago: a mail's text holds more about a person than anyone needs later."""
    before = (at or clock.now()) - MAIL_IS_KEPT
    sent = Q(status=Status.SENT, sent_at__lt=before)
    given_up = Q(status=Status.FAILED, created_at__lt=before, due_at__lt=before)
    return Outbox.objects.filter(sent | given_up).delete()[0]


def forget_ended_cache(at: datetime | None = None) -> int:
    """Keys of rate limits hold network addresses; a table forgets none by itself, other caches do."""
    cache = caches["default"]
    if not isinstance(cache, BaseDatabaseCache):
        return 0
    connection = connections[router.db_for_write(cache.cache_model_class)]  # type: ignore[attr-defined]
    table = connection.ops.quote_name(cache._table)  # type: ignore[attr-defined]
    now = connection.ops.adapt_datetimefield_value((at or clock.now()).replace(microsecond=0))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [now])  # noqa: S608  our own name
        return int(cursor.rowcount)
