"""Send the mail that waits, tell people of releases, run periodic jobs and have tasks done, until told to stop."""

import logging
import signal
import threading
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, close_old_connections, connection

from conference.backup.restoring import is_unfinished
from conference.health import beat
from conference.mail import send_due
from conference.management.jobs import run_due_jobs
from conference.management.long_work import do_long_work
from conference.management.task_process import TaskProcess
from registration.letters.sending import is_on_its_way, write_next
from registration.services.release_mails import tell_people

PAUSE = 1.0  # seconds between two looks into the outbox
LONGEST_PAUSE = 30.0
logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Send waiting mail and run the periodic jobs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")

    def handle(self, *args: Any, once: bool = False, **options: Any) -> None:
        if is_unfinished():
            raise CommandError(
                "A restore was cut off, and mail that waited is not held yet. Run it again first."
            )
        stop = threading.Event()
        if not once:
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, lambda *_: stop.set())
        pause, tasks = PAUSE, TaskProcess()
        while True:
            pause = (
                PAUSE if work(stop, do_long_work if once else tasks.look) else min(pause * 2, LONGEST_PAUSE)
            )
            if once and not is_on_its_way():
                break
            if not once and stop.wait(pause):
                break
        tasks.stop()


def work(stop: threading.Event, do_tasks: Callable[[], Any]) -> bool:
    """Everything that is due; False when something went wrong and needs time."""
    if is_unfinished():  # a backup is being put back, and what waits in it is held first
        return False
    try:
        beat()
        # A few at a time, so that a stop never waits long.
        while not stop.is_set() and send_due(limit=10):
            pass
        if not stop.is_set():
            run_due_jobs()
            do_tasks()
        # Last, so that whatever is wrong with a release holds nothing else up.
        while not stop.is_set() and tell_people():
            send_due(limit=10)
        # One batch of a letter each time, so that no mail about a place waits behind thousands.
        if not stop.is_set():
            write_next()
    except DatabaseError as error:
        logger.warning("The database does not answer; the worker tries again soon: %s", error)
        connection.close()
        return False
    except Exception:
        logger.exception("The worker failed and tries again soon.")
        return False
    finally:
        close_old_connections()
    return True
