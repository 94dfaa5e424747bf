"""Ask for long work, and do it: each task once at a time, again when its worker died, with its progress in the row."""

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from conference import clock
from conference.models import Edition, Task, User
from conference.models.task import KEPT_FOR, stored_name
from conference.trail.records import acting

MOST_ATTEMPTS = 3
LONGEST_MESSAGE = 2000
Status = Task.Status
log = logging.getLogger(__name__)


class TaskRefused(Exception):  # noqa: N818
    """It cannot be done, and str() says why to whoever asked."""


class Progress:
    """What a handler gets: its task, and ways to say how far it is and to leave a file."""

    def __init__(self, task: Task) -> None:
        self.task = task

    def step(self, done: int, total: int) -> None:
        """Also a sign of life: say something at least once a minute."""
        Task.objects.filter(pk=self.task.pk).update(done=done, total=total, beat_at=clock.now())

    def say(self, message: str) -> None:
        self.task.message = message[:LONGEST_MESSAGE]
        Task.objects.filter(pk=self.task.pk).update(message=self.task.message, beat_at=clock.now())

    def keep(self, content: bytes, *, name: str, content_type: str) -> None:
        """The file that whoever asked may fetch for a day."""
        task = self.task
        delete_file(task)
        task.file_name, task.content_type = name, content_type
        task.file.save(name, ContentFile(content), save=False)
        task.save(update_fields=["file", "file_name", "content_type"])

    def keep_pieces(self, pieces: Iterable[bytes], *, name: str, content_type: str) -> None:
        """The same for a file too large for memory; whatever breaks off leaves nothing on disk."""
        task = self.task
        delete_file(task)
        task.file_name, task.content_type = name, content_type
        try:
            task.file.save(name, Pieces(pieces), save=False)
        except BaseException:
            delete_file(task)
            raise
        task.save(update_fields=["file", "file_name", "content_type"])


class Pieces(File):
    """A file that nobody has whole: storages write it piece by piece."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        super().__init__(None)
        self.pieces = pieces

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        yield from self.pieces


Handler = Callable[[Progress], None]
HANDLERS: dict[str, Handler] = {}


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Names the function that does tasks of this kind; it may be begun anew after a crash."""

    def register(handler: Handler) -> Handler:
        HANDLERS[kind] = handler
        return handler

    return register


def ask_for(kind: str, *, by: User | None, edition: Edition | None = None, **options: Any) -> Task:
    """Write the task down, in the transaction that causes it; the worker does it soon."""
    if kind not in HANDLERS:
        raise LookupError(kind)
    return Task.objects.create(kind=kind, by=by, edition=edition, options=options)


def run_due(at: datetime | None = None) -> int:
    """Do what waits, one after the other; how many were begun."""
    count = 0
    while task := claim(at):
        run(task)
        count += 1
    return count


@transaction.atomic
def claim(at: datetime | None = None) -> Task | None:
    """Take one; of several workers only one gets it. What broke too often is given up."""
    due = Task.objects.due(at or clock.now()).select_for_update(skip_locked=True, no_key=True)
    while task := due.first():
        if task.attempts >= MOST_ATTEMPTS:
            finish(task, Status.FAILED, _("It was begun several times and never came to its end."))
            continue
        task.status, task.attempts, task.beat_at = Status.RUNNING, task.attempts + 1, clock.now()
        task.save(update_fields=["status", "attempts", "beat_at"])
        return task
    return None


def run(task: Task) -> None:
    language = task.by.language if task.by else "en"
    with translation.override(language), acting(task.by):
        try:
            HANDLERS[task.kind](Progress(task))
        except TaskRefused as refusal:
            finish(task, Status.FAILED, str(refusal))
        except Exception:
            log.exception("Task %s (%s) failed.", task.guid, task.kind)
            finish(
                task,
                Status.FAILED,
                _("Something went wrong. Try again; if it stays, tell whoever runs the site."),
            )
        else:
            finish(task, Status.DONE)


def finish(task: Task, status: str, message: str | None = None) -> None:
    said = {} if message is None else {"message": message[:LONGEST_MESSAGE]}
    done = {"done": F("total")} if status == Status.DONE else {}
    Task.objects.filter(pk=task.pk).update(status=status, finished_at=clock.now(), **said, **done)


@transaction.atomic
def forget_old_tasks(at: datetime | None = None) -> int:
    """After a day the row goes, and its file with it as soon as that is certain."""
    old = Task.objects.filter(created_at__lt=(at or clock.now()) - KEPT_FOR)
    for task in old:
        transaction.on_commit(partial(delete_file, task))
    return old.delete()[0]


def delete_file(task: Task) -> None:
    """Also the one that a worker wrote and was killed before the row knew of it."""
    task.file.storage.delete(stored_name(task, ""))
