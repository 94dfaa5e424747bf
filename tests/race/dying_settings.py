"""The product in a process that the kernel kills before one of its statements: DIE_AT is its beginning and which of these it is."""

import os
import signal

from django.db.backends.signals import connection_created

from conference.settings import *  # noqa: F403

STATEMENT, _, NUMBER = os.environ["DIE_AT"].rpartition(" #")
seen: list[str] = []


def die(execute, sql, params, many, context):
    if STATEMENT in sql:
        seen.append(sql)
    if len(seen) == int(NUMBER):
        os.kill(os.getpid(), signal.SIGKILL)
    return execute(sql, params, many, context)


def watch(connection, **_signal):
    if die not in connection.execute_wrappers:
        connection.execute_wrappers.append(die)


connection_created.connect(watch)
