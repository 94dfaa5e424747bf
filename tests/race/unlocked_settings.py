"""The product with its protection taken out, to prove that the race tests notice.

On PostgreSQL the row locks protect, on SQLite the immediate transaction does. Without the locks everybody who counted
something waits a moment before writing it: on a machine with little to do, too, somebody else counts the same then.
Nobody is patient either: those who come one after the other would show nothing.
"""

import time

from django.db.backends.signals import connection_created
from django.db.models import QuerySet

from conference import turns
from conference.settings import *  # noqa: F403
from conference.settings import DATABASES

COUNTED = tuple(
    f'INSERT INTO "registration_{name}"'
    for name in ("registration", "workshopbooking", "answer_options", "checkin")
)
MOMENT = 0.01  # seconds


def wait_a_moment(execute, sql, params, many, context):
    if sql.startswith(COUNTED):
        time.sleep(MOMENT)
    return execute(sql, params, many, context)


def slow_down(connection, **_signal):
    if wait_a_moment not in connection.execute_wrappers:
        connection.execute_wrappers.append(wait_a_moment)


turns.PATIENCE = 0
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"].update(transaction_mode="DEFERRED", timeout=0.1)
else:
    QuerySet.select_for_update = lambda self, *_args, **_options: self._chain()
    connection_created.connect(slow_down)
