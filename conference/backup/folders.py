"""The files of the site, held still for a backup: a link to each, so that none goes away while it is copied.

Files in an object store are fetched instead, but for those that an earlier backup has already.
"""

import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage, default_storage, storages

FOLDERS = {"private": "private", "media": "default"}  # name in a backup, name of the storage
Known = Collection[tuple[str, str, int]]  # folder, name and size of files that need not be held


def store_of(folder: str) -> Any:
    return storages[FOLDERS[folder]]


def folder_of(storage: Storage) -> str:
    """There are two: the public one, and the private one."""
    return "media" if storage is default_storage else "private"


def files_in(folder: str) -> Iterator[tuple[str, int]]:
    """Name and size of all that lie there."""
    store = store_of(folder)
    if not isinstance(store, FileSystemStorage):
        yield from store.everything()
        return
    root = Path(store.location)
    for name in files_below(root):
        with suppress(FileNotFoundError):  # it went away this very moment
            yield name, (root / name).stat().st_size


def files_below(root: Path) -> Iterator[str]:
    """Names relative to the root, in order; links are nobody's upload and are left out."""
    for place, folders, names in os.walk(root):
        folders.sort()
        for name in sorted(names):
            path = Path(place, name)
            if path.is_file() and not path.is_symlink():
                yield path.relative_to(root).as_posix()


def hold_all(stage: Path, known: Known) -> None:
    """Hold every file that is there now; again later adds those that came in between."""
    for folder in FOLDERS:
        if settings.S3_URL:
            fetch_all(folder, stage / folder, known)
        else:
            link_all(Path(store_of(folder).location), stage / folder)


def link_all(root: Path, stage: Path) -> None:
    for name in files_below(root):
        held = stage / name
        if not held.exists():
            held.parent.mkdir(parents=True, exist_ok=True)
            hold(root / name, held)


def hold(path: Path, held: Path) -> None:
    try:
        held.hardlink_to(path)
    except FileNotFoundError:  # it went away this very moment, and so did its row
        return
    except OSError:  # another disk, or one without links
        shutil.copy2(path, held)


def fetch_all(folder: str, stage: Path, known: Known) -> None:
    store = store_of(folder)
    for name, size in store.everything():
        held = stage / name
        if (folder, name, size) not in known and not held.exists():
            held.parent.mkdir(parents=True, exist_ok=True)
            fetch(store, name, held)


def fetch(store: Storage, name: str, held: Path) -> None:
    draft = held.with_name(f"{held.name}.begun")
    try:
        with store.open(name, "rb") as source, draft.open("wb") as target:
            shutil.copyfileobj(source, target)
        draft.rename(held)
    except FileNotFoundError:  # as above
        draft.unlink(missing_ok=True)


def put_back(folder: str, name: str, source: Path) -> None:
    """Into its place, under its name."""
    store = store_of(folder)
    if isinstance(store, FileSystemStorage):
        target = Path(store.location, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(source, target)
        return
    store.delete(name)  # what a restore left that was cut off
    with source.open("rb") as file:
        store.save(name, File(file))
    source.unlink()
