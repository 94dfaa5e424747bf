"""Booklets are made once for each state of the content and kept, one for each edition and language.

A child process does the work (conference/typesetting.py), one at a time on this machine: whoever asks meanwhile waits a moment and is then told
to come back. What could not be made is not tried again for a while.
"""

import contextlib
import hashlib
import json
import logging
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.utils.translation import get_language

from conference import typesetting
from conference.content import ContentState
from conference.models import Edition
from conference.turns import is_ours
from conference.typesetting import TypesettingFailed, typeset
from sessions.booklet.contents import book_of

SECONDS = 40  # for one booklet; 300 sessions take about two
PATIENCE = 4  # seconds that a visitor waits for a booklet that somebody else has asked for
REST = 300  # seconds after a failure
KEPT = 60  # booklets on the shelf
SEATS = threading.BoundedSemaphore(2)  # threads of a process that make or await one; the others serve pages
TEMPLATE = Path(__file__).with_name("booklet.typ")
SOURCES = ("*.py", "*.typ")
logger = logging.getLogger(__name__)


class ComeBackLater(Exception):  # noqa: N818 - what the visitor is asked to do
    """The booklet cannot be had at this moment; `seconds` says when to ask again."""

    def __init__(self, seconds: int, *, has_failed: bool = False) -> None:
        super().__init__(seconds)
        self.seconds, self.has_failed = seconds, has_failed


def booklet_of(edition: Edition, state: ContentState) -> Path:
    """The file of this edition in the language of the page, made now if there is none; raises ComeBackLater."""
    kept = place_of(edition, state)
    if kept.exists():
        return kept
    with turn():
        if kept.exists():  # made while we waited
            return kept
        refuse_after_failure(kept)
        return put(kept, make(book_of(edition), kept))


def size_of(edition: Edition) -> int | None:
    """How large it was when it was made last in the language of the page."""
    with contextlib.suppress(OSError):
        return max((path.stat().st_size for path in kept_of(edition)), default=None)
    return None


def kept_of(edition: Edition) -> Iterator[Path]:
    return shelf().glob(f"{edition.pk}-{get_language()}-*.pdf")


def shelf() -> Path:
    return Path(settings.DATA_DIR) / "booklets"


def place_of(edition: Edition, state: ContentState) -> Path:
    here = [edition.slug, edition.phase(), settings.SITE_URL]
    said = json.dumps([state.number, str(state.changed_at), *here, release_of_code()])
    name = hashlib.sha256(said.encode()).hexdigest()[:24]
    return shelf() / f"{edition.pk}-{get_language()}-{name}.pdf"


@cache
def release_of_code() -> str:
    """Differs when the booklet would look different, or say it in other words."""
    files = [path for pattern in SOURCES for path in Path(__file__).parent.glob(pattern)]
    files.append(Path(typesetting.__file__))
    files += [path for folder in settings.LOCALE_PATHS for path in Path(folder).glob("*/LC_MESSAGES/*.mo")]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(files))).hexdigest()


@contextlib.contextmanager
def turn() -> Iterator[None]:
    """One at a time, for all processes and threads of this machine; the lock dies with its process."""
    with seat(), opened_lock() as lock:
        until = time.monotonic() + PATIENCE
        while not is_ours(lock):
            if time.monotonic() > until:
                raise ComeBackLater(PATIENCE)
            time.sleep(0.1)
        yield


def opened_lock() -> Any:
    try:
        shelf().mkdir(parents=True, exist_ok=True)
        return (shelf() / "turn.lock").open("w")
    except OSError as problem:
        raise no_room(problem) from problem


@contextlib.contextmanager
def seat() -> Iterator[None]:
    """However many ask for a booklet at the same time, other pages are answered meanwhile."""
    if not SEATS.acquire(blocking=False):
        raise ComeBackLater(PATIENCE)
    try:
        yield
    finally:
        SEATS.release()


def refuse_after_failure(kept: Path) -> None:
    failed = kept.with_suffix(".failed")
    left = failed.stat().st_mtime + REST - time.time() if failed.exists() else 0
    if left > 0:
        raise ComeBackLater(int(left) + 1, has_failed=True)


def make(book: dict[str, Any], kept: Path) -> bytes:
    try:
        return typeset(TEMPLATE, book, seconds=SECONDS)
    except TypesettingFailed as refusal:
        return failed(kept, str(refusal))


def failed(kept: Path, reason: str) -> bytes:
    logger.error("The booklet %s could not be made: %s", kept.name, reason)
    with contextlib.suppress(OSError):
        kept.with_suffix(".failed").touch()
    raise ComeBackLater(REST, has_failed=True)


def no_room(problem: OSError) -> ComeBackLater:
    logger.error("A PDF could not be written to disk: %s", problem)
    return ComeBackLater(REST, has_failed=True)


def put(kept: Path, pdf: bytes) -> Path:
    """Whole or not at all; what it replaces and what nobody has asked for longest is thrown away."""
    try:
        write(kept, pdf)
    except OSError as problem:
        raise no_room(problem) from problem
    clear([path for path in shelf().glob(f"{kept.name.rpartition('-')[0]}-*") if path != kept])
    clear(sorted(shelf().glob("*.pdf"), key=age)[KEPT:])
    clear(path for path in shelf().glob("*.part") if age(path) > SECONDS)
    return kept


def write(kept: Path, pdf: bytes) -> None:
    descriptor, name = tempfile.mkstemp(dir=shelf(), suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as part:
            part.write(pdf)
        Path(name).replace(kept)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def opened(kept: Path) -> BinaryIO:
    """To be sent; who asked longest ago may find that it was thrown away meanwhile."""
    try:
        return kept.open("rb")
    except OSError as gone:
        raise ComeBackLater(PATIENCE) from gone


def age(path: Path) -> float:
    with contextlib.suppress(OSError):
        return time.time() - path.stat().st_mtime
    return 0.0


def clear(paths: Any) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
