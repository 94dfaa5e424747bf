"""Django's cache in the database, where writing takes one statement instead of five: rate limits write often."""

import base64
import pickle
import random
from datetime import UTC, datetime
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import connections, router

from conference import clock

FAR_AWAY = datetime(9999, 12, 31, tzinfo=UTC)
CULLED_EVERY = 1000  # writes on average; counting all rows at each is what makes the original slow


class OneStatementCache(DatabaseCache):
    """The same table and the same reading; PostgreSQL and SQLite both know ON CONFLICT."""

    # Of the class above, which its stubs do not tell.
    _table: str
    _cull: Any

    def _base_set(self, mode: str, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT) -> bool:
        if mode == "touch":
            return bool(super()._base_set(mode, key, value, timeout))  # type: ignore[misc]
        database = router.db_for_write(self.cache_model_class)
        connection = connections[database]
        now = clock.now()
        until = self.get_backend_timeout(timeout)
        expires = FAR_AWAY if until is None else datetime.fromtimestamp(until, UTC).replace(microsecond=0)
        stored = base64.b64encode(pickle.dumps(value, self.pickle_protocol)).decode("latin1")
        table = connection.ops.quote_name(self._table)
        statement = (
            f"INSERT INTO {table} (cache_key, value, expires) VALUES (%s, %s, %s) "  # noqa: S608  our own name
            "ON CONFLICT (cache_key) DO UPDATE SET value = excluded.value, expires = excluded.expires"
        )
        moments = [connection.ops.adapt_datetimefield_value(moment) for moment in (expires, now)]
        values = [key, stored, moments[0]]
        if mode == "add":  # only over what has expired
            statement, values = f"{statement} WHERE {table}.expires < %s", [*values, moments[1]]
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            is_stored = cursor.rowcount == 1
            if random.randrange(CULLED_EVERY) == 0:  # noqa: S311  no secret
                cursor.execute(f"SELECT COUNT(*) FROM {table}")  # noqa: S608
                self._cull(database, cursor, now, cursor.fetchone()[0])
        return is_stored
