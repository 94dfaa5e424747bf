"""Make a backup while the site is written to: no row without its file, no half sentence of either."""

import os
import tarfile
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection

from conference import clock
from conference.backup.archive import (
    DATABASE,
    KEY,
    KeptFile,
    Manifest,
    add_file,
    add_manifest,
    key_mark,
    opened,
)
from conference.backup.databases import copy_to
from conference.backup.facts import Facts
from conference.backup.folders import FOLDERS, Known, files_below, files_in, hold_all

TRIES = 3  # when a file came and went between two looks


@dataclass
class Moment:
    """Database and files of one moment, held still in a folder."""

    stage: Path
    tables: Facts
    missing: list[str]
    elsewhere: list[KeptFile]  # in an earlier backup, and not fetched again


def make_backup(path: Path, since: Path | None = None) -> Manifest:
    """Write the backup, whole or not at all; with an earlier one, only the files that are not in it."""
    if path.exists():
        raise CommandError(f"{path} exists already. Name another file: no backup is overwritten.")
    identity = uuid.uuid4().hex
    manifest = Manifest(
        id=identity,
        made_at=clock.now().isoformat(),
        vendor=connection.vendor,
        key=key_mark(identity),
        tables={},
    )
    older = earlier_files(manifest, since) if since else {}
    try:
        with held_still(older) as moment, drafted(path) as archive:
            manifest.tables, manifest.missing = moment.tables, moment.missing
            _size, manifest.database = add_file(archive, moment.stage / DATABASE, DATABASE)
            add_generated_key(archive)
            manifest.files += moment.elsewhere
            for folder in FOLDERS:
                for name in files_below(moment.stage / folder):
                    manifest.files.append(
                        keep(archive, manifest, moment.stage / folder / name, folder, name, older)
                    )
            add_manifest(archive, manifest)
    except OSError as error:
        raise CommandError(f"The backup could not be written, and nothing of it was kept: {error}") from error
    return manifest


def earlier_files(manifest: Manifest, since: Path) -> dict[tuple[str, str], KeptFile]:
    """What need not be copied again, by folder and name; an uploaded file is never written to again."""
    with opened(since) as (_archive, earlier):
        if earlier.vendor != manifest.vendor:
            raise CommandError(f"{since} is a backup of another database; make a full one.")
        manifest.since = {"id": earlier.id, "name": since.name}
        return {(entry.folder, entry.name): entry for entry in earlier.files}


@contextmanager
def held_still(older: dict[tuple[str, str], KeptFile]) -> Iterator[Moment]:
    """All files as they are, then the copy of the database, then the files that came meanwhile."""
    root = Path(settings.DATA_DIR)
    root.mkdir(parents=True, exist_ok=True)
    known: Known = {(folder, name, entry.size) for (folder, name), entry in older.items()}
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=root) as folder:
        stage = Path(folder)
        before: list[str] | None = None
        for _try in range(TRIES):
            (stage / DATABASE).unlink(missing_ok=True)
            hold_all(stage, known)
            tables, named = copy_to(stage / DATABASE)
            hold_all(stage, known)
            elsewhere = not_fetched(stage, older) if settings.S3_URL else []
            there = {(entry.folder, entry.name) for entry in elsewhere}
            missing = sorted(
                f"{place}/{name}"
                for place, name in named
                if (place, name) not in there and not (stage / place / name).is_file()
            )
            if not missing or missing == before:  # what is missing twice was lost long ago
                break
            before = missing
        yield Moment(stage, tables, missing, elsewhere)


def not_fetched(stage: Path, older: dict[tuple[str, str], KeptFile]) -> list[KeptFile]:
    """What the object store still has and an earlier backup holds."""
    found = []
    for folder in FOLDERS:
        for name, size in files_in(folder):
            entry = older.get((folder, name))
            if entry and entry.size == size and not (stage / folder / name).exists():
                found.append(entry)
    return found


@contextmanager
def drafted(path: Path) -> Iterator[tarfile.TarFile]:
    """A file that only its owner reads, which has its name once it is whole and on the disk."""
    draft = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
    try:
        with os.fdopen(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as target:
            with tarfile.open(fileobj=target, mode="w", format=tarfile.PAX_FORMAT) as archive:
                yield archive
            target.flush()
            os.fsync(target.fileno())
        draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)


def keep(
    archive: tarfile.TarFile,
    manifest: Manifest,
    path: Path,
    folder: str,
    name: str,
    older: dict[tuple[str, str], KeptFile],
) -> KeptFile:
    known = older.get((folder, name))
    if known and known.size == path.stat().st_size:
        return known
    size, sha256 = add_file(archive, path, f"{folder}/{name}")
    return KeptFile(folder, name, size, sha256, manifest.id)


def add_generated_key(archive: tarfile.TarFile) -> None:
    """A site on this machine only has a key that it made itself; one from the environment is not ours to copy."""
    path = Path(settings.DATA_DIR, KEY)
    if path.exists() and path.read_text() == settings.SECRET_KEY:
        add_file(archive, path, KEY)
