"""One clock for all machines, that of the database: a deadline is the same moment whichever of them is asked.

Each process compares its own clock with it, once a minute, when it has a connection. SQLite has no clock of its own.
"""

import time
from datetime import datetime, timedelta
from typing import Any

from django.db.backends.signals import connection_created
from django.dispatch import receiver
from django.utils import timezone

EVERY = 60.0  # seconds
TRIFLE = timedelta(seconds=0.5)  # the way to the database and back; time shall not jump for that


class Comparison:
    ahead = timedelta()  # how far the database is, compared with this machine
    due_at = 0.0  # monotonic


def now() -> datetime:
    return timezone.now() + Comparison.ahead


@receiver(connection_created)
def compare(connection: Any, **_signal: Any) -> None:
    """Asked of the driver itself, where it is no statement of anybody's request."""
    if connection.vendor != "postgresql" or time.monotonic() < Comparison.due_at:
        return
    Comparison.due_at = time.monotonic() + EVERY
    before = timezone.now()
    (said,) = connection.connection.execute("SELECT clock_timestamp()").fetchone()
    ahead = said - before - (timezone.now() - before) / 2
    Comparison.ahead = ahead if abs(ahead) > TRIFLE else timedelta()
