"""Have a file looked into by a child process, and hear page by page what it finds."""

import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext_noop

from sessions.previews.child import BROKEN_FILE, LARGEST_FILE, LOCKED, TOO_LARGE
from sessions.previews.pages import LARGE, MOST_PAGES, SIZES, Page, one_line, tidy

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 400  # by the clock; the processor's own limit is in the child
FORMATS = frozenset({"pptx", "odp"})  # that an office program may draw
LONGEST_LINE = 1024**2
MOST_SAID = 64 * 1024**2
LARGEST_NUMBER = 100_000
logger = logging.getLogger(__name__)

# Kept in English, shown in the language of whoever reads them.
BROKEN = gettext_noop("The file is damaged, or not what its name says, so nothing could be read.")
TOO_HEAVY = gettext_noop("The file needs more time or memory than a preview may take. A plain PDF may help.")
PROTECTED = gettext_noop("The file is protected by a password.")
NO_PROGRAM = gettext_noop("Previews cannot be made on this machine. Tell whoever runs the site.")
REASONS = {BROKEN_FILE: BROKEN, TOO_LARGE: TOO_HEAVY, LOCKED: PROTECTED}


class PreviewFailed(Exception):  # noqa: N818
    """str() is one of the reasons above."""


@dataclass
class Inside:
    """What was found in a file; its pictures lie in the folder as <number>-<size>.webp."""

    page_count: int = 0
    pages: list[Page] = field(default_factory=list)
    has_cover: bool = False
    language: str = ""
    findings: dict[str, list[int]] = field(default_factory=dict)
    is_whole: bool = False


def look_inside(
    file: IO[bytes],
    file_format: str,
    folder: Path,
    heard: Callable[[Inside], None] = lambda inside: None,
    seconds: float = SECONDS,
    office: str = "",
) -> Inside:
    """The file must be one of the system; `heard` is called after each page. Raises PreviewFailed.

    `office` is the program that draws slides, if there is one.
    """
    draws = [office] if office and file_format in FORMATS else []
    with tempfile.TemporaryFile() as complaints:
        child = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "sessions.previews.child", file_format, str(folder), *draws],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=complaints,
            cwd=ROOT,
            start_new_session=True,  # ended together with what it has started
            # No keys or passwords near hostile bytes.
            env={"LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1", "PATH": os.defpath},
        )
        too_late = threading.Timer(seconds, end, [child])
        too_late.start()
        try:
            inside = listen(child.stdout, heard)
        finally:
            too_late.cancel()
            end(child)
            status = child.wait()
            if child.stdout:
                child.stdout.close()
        complaints.seek(0)
        said = complaints.read(2000).decode(errors="replace")
    if not inside.is_whole:
        raise PreviewFailed(reason_of(status, said))
    return inside


def end(child: subprocess.Popen[bytes]) -> None:
    """Of no effect on what has ended by itself; not waited for before, so the number is still its own."""
    if child.returncode is None:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)


def reason_of(status: int, said: str) -> str:
    if status in REASONS:
        return REASONS[status]
    if status < 0:  # killed by a limit or a crash
        logger.warning("A preview was ended by signal %s: %s", -status, said)
        return TOO_HEAVY
    logger.error("The child process for previews does not run: %s", said)
    return NO_PROGRAM


def listen(lines: IO[bytes] | None, heard: Callable[[Inside], None]) -> Inside:
    """What the child says is as strange as the file: nothing of it is believed."""
    inside = Inside()
    for message in messages(lines):
        try:
            hear(inside, message)
        except (TypeError, ValueError, KeyError, AttributeError):
            return Inside()
        if "page" in message:
            heard(inside)
        if inside.is_whole:
            break
    return inside


def messages(lines: IO[bytes] | None) -> Iterator[dict[str, Any]]:
    left = MOST_SAID
    while lines and (line := lines.readline(LONGEST_LINE)):
        left -= len(line)
        if left < 0:
            return
        try:
            message = json.loads(line)
        except ValueError:
            return
        if isinstance(message, dict):
            yield message


def hear(inside: Inside, message: dict[str, Any]) -> None:
    if "pages" in message:
        inside.page_count = min(int(message["pages"]), MOST_PAGES)
    if "page" in message and len(inside.pages) < inside.page_count:
        inside.pages.append(page_from(message["page"], len(inside.pages) + 1))
    if "cover" in message:
        inside.has_cover = bool(message["cover"])
    if "findings" in message:
        inside.language = one_line(str(message["language"]))[:10]
        inside.findings = {
            str(key)[:40]: [int(number) for number in numbers][:MOST_PAGES]
            for key, numbers in list(message["findings"].items())[:20]
        }
    inside.is_whole = bool(message.get("end"))


def page_from(said: dict[str, Any], number: int) -> Page:
    width, height = (max(0, min(int(said[name]), LARGEST_NUMBER)) for name in ("width", "height"))
    return Page(
        number, one_line(str(said["title"])), tidy(str(said["text"])), tidy(str(said["notes"])),
        width if width <= LARGE else 0, height,
    )  # fmt: skip


def pictures_in(folder: Path, inside: Inside) -> Iterator[tuple[int, int, Path]]:
    """Number, size and place of the pictures that are there and are what they should be."""
    numbers = [page.number for page in inside.pages if page.width]
    for number in [0] * inside.has_cover + numbers:
        for size in SIZES:
            path = folder / f"{number}-{size}.webp"
            if is_picture(path):
                yield number, size, path


def is_picture(path: Path) -> bool:
    """A plain file that begins as WebP does; no link to something else."""
    if path.is_symlink() or not path.is_file() or path.stat().st_size > LARGEST_FILE:
        return False
    with path.open("rb") as file:
        head = file.read(12)
    return head[:4] == b"RIFF" and head[8:] == b"WEBP"
