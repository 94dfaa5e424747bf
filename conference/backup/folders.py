"""The files of the site, held still for a backup: a link to each, so that none goes away while it is copied."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.core.files.storage import FileSystemStorage, Storage, default_storage, storages
from django.core.management.base import CommandError

FOLDERS = {"private": "private", "media": "default"}  # name in a backup, name of the storage


def root_of(folder: str) -> Path:
    storage = storages[FOLDERS[folder]]
    if not isinstance(storage, FileSystemStorage):
        raise CommandError("Files lie in an object store: keep them with the copies which that store makes.")
    return Path(storage.location)


def folder_of(storage: Storage) -> str:
    """There are two: the public one, and the private one."""
    return "media" if storage is default_storage else "private"


def files_below(root: Path) -> Iterator[str]:
    """Names relative to the root, in order; links are nobody's upload and are left out."""
    for place, folders, names in os.walk(root):
        folders.sort()
        for name in sorted(names):
            path = Path(place, name)
            if path.is_file() and not path.is_symlink():
                yield path.relative_to(root).as_posix()


def link_all(stage: Path) -> None:
    """Hold every file that is there now; again later adds those that came in between."""
    for folder in FOLDERS:
        root = root_of(folder)
        for name in files_below(root):
            held = stage / folder / name
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
