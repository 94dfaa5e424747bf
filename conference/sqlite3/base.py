"""Django's SQLite, waiting for the write lock in short steps.

While SQLite itself waits it keeps the connection to itself. If the thread that has the write lock meanwhile clears away
a cursor of that connection, as Python's garbage collector may make any thread do, it waits too, holding up all others:
everything stands still until the time-out. Between short steps the collector comes through.

Of the threads of a process one at a time asks for the lock, the others stand in line: else whoever just had it would
have it again before any of those that sleep wakes up.
"""

import random
import time
from threading import Lock

from django.db import OperationalError
from django.db.backends.sqlite3 import base

STEP = 50  # milliseconds
PAUSE = 0.01  # seconds at most
TURN = Lock()


class DatabaseWrapper(base.DatabaseWrapper):
    def _start_transaction_under_autocommit(self) -> None:
        """BEGIN, tried again until the time-out of the settings is over."""
        patience = float(self.settings_dict["OPTIONS"].get("timeout", 5))
        until = time.monotonic() + patience
        if not TURN.acquire(timeout=patience):
            raise OperationalError("database is locked")
        try:
            self._wait_for_locks(STEP)
            while not self._has_begun(is_last=time.monotonic() >= until):
                time.sleep(random.uniform(0, PAUSE))  # noqa: S311  no secret
        finally:
            TURN.release()
            self._wait_for_locks(int(patience * 1000))

    def _has_begun(self, *, is_last: bool) -> bool:
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # its stubs do not tell
        except OperationalError as error:
            if is_last or "locked" not in str(error):
                raise
            return False
        return True

    def _wait_for_locks(self, milliseconds: int) -> None:
        self.connection.execute(f"PRAGMA busy_timeout = {milliseconds}")
