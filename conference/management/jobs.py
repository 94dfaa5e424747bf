"""What the worker does now and then, and when it did each of these last."""

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.db import DatabaseError, connection

from conference import clock
from conference.privacy.register import rules
from conference.privacy.retention import delete_due
from registration.groups.latecomers import see_to_latecomers
from registration.packs.sums import count_new_files
from registration.services.colleagues import end_unclaimed
from sessions.collecting.reminding import send_due
from sessions.library.index import FORM, rebuild
from sessions.previews.asking import ask_for_missing as ask_for_missing_previews
from sessions.previews.forgetting import forget_unused as forget_unused_previews
from sessions.previews.forgetting import remove_orphan_pictures as remove_orphan_page_pictures
from sessions.publications.pictures import remove_orphan_pictures
from sessions.services.checking import check_due_files
from sessions.services.storing import remove_orphans

DAY = timedelta(days=1)
TURN = 5_120_021  # any number, so long as nobody else locks it
logger = logging.getLogger(__name__)


class Job(NamedTuple):
    name: str
    every: timedelta
    function: Callable[[], Any]


JOBS = (
    # What is personal goes by the register.
    *(Job(rule.name, rule.every, partial(delete_due, rule)) for rule in rules()),
    Job("give back what no colleague took over", timedelta(hours=1), end_unclaimed),
    Job("deal latecomers in", timedelta(minutes=1), see_to_latecomers),
    Job("ask for missing presentations", timedelta(minutes=5), send_due),
    Job("count the sums of new files", timedelta(minutes=10), count_new_files),
    Job("remove orphaned uploads", DAY, remove_orphans),
    Job("remove orphaned pictures of publications", DAY, remove_orphan_pictures),
    Job("ask for previews of older files", timedelta(hours=1), ask_for_missing_previews),
    Job("forget previews of files that are gone", timedelta(minutes=10), forget_unused_previews),
    Job("remove orphaned pictures of pages", DAY, remove_orphan_page_pictures),
    Job("compare stored files with their sums", timedelta(minutes=5), check_due_files),
    Job(
        f"rebuild the library, form {FORM}", DAY, rebuild
    ),  # at once after an update that writes it otherwise
)


def run_due_jobs(at: datetime | None = None, jobs: tuple[Job, ...] = JOBS) -> list[str]:
    """Run every job whose time has come; the names of those that ran. One that fails stops no other."""
    with alone() as is_alone:
        return run_each(at or clock.now(), jobs) if is_alone else []


@contextmanager
def alone() -> Iterator[bool]:
    """Workers of several machines do not run jobs side by side: one that finds another at it looks again in a moment."""
    if connection.vendor != "postgresql":
        yield True
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [TURN])
        (is_alone,) = cursor.fetchone()
    try:
        yield is_alone
    finally:
        if is_alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [TURN])


def run_each(at: datetime, jobs: tuple[Job, ...]) -> list[str]:
    ran = []
    for job in jobs:
        last = last_runs().get(job.name)
        if last and at - datetime.fromisoformat(last) < job.every:
            continue
        try:
            job.function()
        except DatabaseError:
            raise  # the database needs time; the job keeps its turn
        except Exception:
            logger.exception("The job '%s' failed; its next turn comes as usual.", job.name)
        else:
            ran.append(job.name)
        note_run(job.name, at)
    return ran


def last_runs_file() -> Path:
    return Path(settings.DATA_DIR) / "jobs.json"


def last_runs() -> dict[str, str]:
    """Moments by job, kept in the data folder so that a restart does not run everything again."""
    try:
        return dict(json.loads(last_runs_file().read_text()))
    except (OSError, ValueError):
        return {}


def note_run(name: str, at: datetime) -> None:
    draft = last_runs_file().with_suffix(".draft")
    draft.write_text(json.dumps({**last_runs(), name: at.isoformat()}, indent=1))
    draft.replace(last_runs_file())
