"""What is said once of each connection to SQLite, instead of being asked at a bad moment.

Django asks whether SQLite knows JSON when the first query needs it, and remembers the answer. Asked while the
database is locked or away, the answer is no, and the process would answer 500 until it ends. Every SQLite of today
knows JSON (3.38, 2022).
"""

import sqlite3
from typing import Any

from django.db.backends.signals import connection_created
from django.dispatch import receiver


@receiver(connection_created)
def know_json(connection: Any, **_signal: Any) -> None:
    if connection.vendor == "sqlite" and sqlite3.sqlite_version_info >= (3, 38):
        connection.features.supports_json_field = True
