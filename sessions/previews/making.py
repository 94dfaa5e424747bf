"""Make the previews that wait: each once at a time, again when its worker died, and one that fails costs only itself."""

import errno
import hashlib
import logging
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from django.conf import settings
from django.core.files.base import File
from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from conference import clock
from conference.content import touch
from sessions.library.index import reindex
from sessions.models import Presentation, Preview, PreviewPage
from sessions.previews.looking import NO_PROGRAM, Inside, PreviewFailed, look_inside, pictures_in
from sessions.previews.pages import COVER
from sessions.previews.pictures import clear, delete_pictures, draft_folder, keep_picture

MOST_ATTEMPTS = 3
OFFICE_PROGRAMS = ("soffice", "libreoffice")
BLOCK = 1024**2
State = Preview.State
logger = logging.getLogger(__name__)

MISSING = gettext_noop("The file is not on disk, or not the one that was uploaded.")
NO_ROOM = gettext_noop(
    "The preview could not be stored, the site has no room left. Tell whoever runs the site."
)
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
GIVEN_UP = gettext_noop("It was begun several times and never came to its end.")


class TakenOver(Exception):  # noqa: N818
    """This worker was silent for so long that another one has begun, or the file is gone."""


def is_due(at: datetime | None = None) -> bool:
    return Preview.objects.due(at).exists()


def make_due(at: datetime | None = None, between: Callable[[], Any] = lambda: None) -> int:
    """Make what waits, one after the other, with more urgent work done in between; how many were begun."""
    count = 0
    while preview := claim(at):
        make(preview)
        between()
        count += 1
    return count


@transaction.atomic
def claim(at: datetime | None = None) -> Preview | None:
    """Take one; of several workers only one gets it. What broke too often is given up."""
    due = Preview.objects.due(at).select_for_update(skip_locked=True, no_key=True)
    given_up: list[int] = []
    while preview := due.exclude(pk__in=given_up).first():
        if preview.attempts >= MOST_ATTEMPTS:
            fail(preview, GIVEN_UP)
            given_up.append(preview.pk)
            continue
        preview.state, preview.attempts, preview.done = State.RUNNING, preview.attempts + 1, 0
        preview.beat_at = clock.now()
        preview.save(update_fields=["state", "attempts", "done", "beat_at"])
        return preview
    return None


def make(preview: Preview) -> None:
    try:
        with draft_folder(preview) as folder, tempfile.TemporaryFile() as copy:
            fetch(preview, copy)
            heard = partial(beat, preview)
            inside = look_inside(copy, preview.format, folder, heard, office=office_program())
            beat(preview, inside)
            keep(preview, inside, folder)
    except TakenOver:
        logger.warning("The preview %s is left to whoever has it now.", preview.sha256)
    except PreviewFailed as failure:
        fail(preview, str(failure))
    except DatabaseError:
        raise  # it stays begun, and is begun again when the database answers
    except Exception as problem:
        logger.exception("The preview %s failed.", preview.sha256)
        is_full = isinstance(problem, OSError) and problem.errno in FULL
        fail(preview, NO_ROOM if is_full else NO_PROGRAM)


def office_program() -> str:
    """What draws slides, if it is switched on and installed."""
    found = map(shutil.which, OFFICE_PROGRAMS) if settings.LIBREOFFICE else ()
    return next(filter(None, found), "")


def fetch(preview: Preview, copy: IO[bytes]) -> None:
    """The content from any version that has it, compared with its SHA-256 on the way."""
    for version in preview.versions.exclude(file=""):
        copy.seek(0)
        copy.truncate()
        with suppress(OSError), version.file.open("rb") as file:
            if copied(cast(BinaryIO, file), copy) == preview.sha256:
                copy.seek(0)
                return
    raise PreviewFailed(MISSING)


def copied(file: BinaryIO, copy: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while block := file.read(BLOCK):
        digest.update(block)
        copy.write(block)
    copy.flush()
    return digest.hexdigest()


def beat(preview: Preview, seen: Inside) -> None:
    """A sign of life, and progress for whoever waits."""
    said = {"done": len(seen.pages), "page_count": seen.page_count, "beat_at": clock.now()}
    if not still_ours(preview).update(**said):
        raise TakenOver


def still_ours(preview: Preview) -> QuerySet[Preview]:
    return Preview.objects.filter(pk=preview.pk, state=State.RUNNING, attempts=preview.attempts)


def keep(preview: Preview, inside: Inside, folder: Path) -> None:
    """Pictures first, while nobody has to wait for the database: a row never speaks of one that is not there."""
    numbers = keep_pictures(preview, inside, folder)
    if not write(preview, inside, numbers):
        delete_pictures(preview)


@transaction.atomic
def write(preview: Preview, inside: Inside, numbers: set[int]) -> bool:
    """False if the file went meanwhile, and its preview with it."""
    if not Preview.objects.select_for_update(no_key=True).filter(pk=preview.pk).exists():
        return False
    write_pages(preview, inside, numbers)
    preview.state, preview.reason, preview.made_at = State.DONE, "", clock.now()
    preview.page_count = preview.done = len(inside.pages)
    preview.has_pictures, preview.has_cover = bool(numbers - {COVER}), COVER in numbers
    preview.language, preview.findings = inside.language, inside.findings
    preview.save()
    say_changed(preview)
    return True


def keep_pictures(preview: Preview, inside: Inside, folder: Path) -> set[int]:
    """In place of what an earlier try may have left; the numbers of those that are there."""
    numbers = set()
    delete_pictures(preview)
    for number, size, path in pictures_in(folder, inside):
        with path.open("rb") as picture:
            keep_picture(preview, number, size, File(picture))
        numbers.add(number)
    return numbers


def write_pages(preview: Preview, inside: Inside, with_picture: set[int]) -> None:
    preview.pages.all().delete()
    PreviewPage.objects.bulk_create(
        PreviewPage(
            preview=preview, number=page.number, title=page.title, text=page.text, notes=page.notes,
            width=page.width if page.number in with_picture else 0,
            height=page.height if page.number in with_picture else 0,
        )
        for page in inside.pages
    )  # fmt: skip


def say_changed(preview: Preview) -> None:
    """The library finds the words of the pages, and pages kept for everybody are built anew."""
    presentations = list(Presentation.objects.filter(current_file__preview=preview))
    reindex(*presentations)
    for edition in {one.edition_id for one in presentations}:
        touch(edition)


@transaction.atomic
def fail(preview: Preview, reason: str) -> None:
    """Nothing stays of it but the reason: no text, no picture that this or an earlier try has made."""
    if not still_ours(preview).update(
        state=State.FAILED,
        reason=reason,
        done=0,
        page_count=0,
        has_pictures=False,
        has_cover=False,
        beat_at=clock.now(),
    ):
        return
    if preview.pages.all().delete()[0]:
        say_changed(preview)
    transaction.on_commit(lambda: clear(preview))
