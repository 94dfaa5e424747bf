"""The product with its protection taken out, to prove that the race tests notice.

On PostgreSQL the row locks protect, on SQLite the immediate transaction does.
"""

from django.db.models import QuerySet

from conference.settings import *  # noqa: F403
from conference.settings import DATABASES

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"].update(transaction_mode="DEFERRED", timeout=0.1)
else:
    QuerySet.select_for_update = lambda self, *_args, **_options: self._chain()
