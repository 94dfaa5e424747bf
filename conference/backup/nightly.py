"""A backup each night: one in full each week, the others with what is new since the night before; old weeks go."""

import re
from datetime import datetime, timedelta
from pathlib import Path

from django.core.management.base import CommandError

from conference.backup.archive import Manifest
from conference.backup.making import make_backup

CLOSED = "closed.json"
NAME = re.compile(r"(\d{8}-\d{6})-(full|more)\.tar")
FORM = "%Y%m%d-%H%M%S"
WEEK = timedelta(days=7)


def make_nightly(folder: Path, at: datetime, weeks: int) -> tuple[Path, Manifest]:
    """The new file, once it is whole; only then does anything go that nobody needs any more."""
    if not folder.is_dir():
        raise CommandError(f"{folder} is no folder. Make it, for the user of the site alone.")
    before = kept_in(folder)
    since = before[-1] if before and not is_week_over(before, at) else None
    path = folder / f"{at:{FORM}}-{'more' if since else 'full'}.tar"
    manifest = make_backup(path, since)
    for old in beyond(kept_in(folder), weeks):
        old.unlink()
    return path, manifest


def kept_in(folder: Path) -> list[Path]:
    """The nightly ones, the oldest first; other files in the folder are somebody else's."""
    return sorted(path for path in folder.iterdir() if NAME.fullmatch(path.name))


def is_week_over(kept: list[Path], at: datetime) -> bool:
    full = [path for path in kept if is_full(path)]
    return not full or made_at(full[-1]) <= at.replace(tzinfo=None) - WEEK


def beyond(kept: list[Path], weeks: int) -> list[Path]:
    """All before the first of the last so many weeks: what builds on a full one goes with it, and never before it."""
    full = [number for number, path in enumerate(kept) if is_full(path)]
    return kept[: full[-weeks]] if len(full) > weeks else []


def is_full(path: Path) -> bool:
    return path.stem.endswith("-full")


def made_at(path: Path) -> datetime:
    found = NAME.fullmatch(path.name)
    return datetime.strptime(found[1] if found else "", FORM)  # noqa: DTZ007  of this machine's clock, as the names are
