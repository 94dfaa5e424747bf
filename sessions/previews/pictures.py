"""Where the pictures of pages lie in the private store; page 0 is the cover that a file brought along."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage

from sessions.models import Preview
from sessions.models.presentation_file import private_storage

STORE = "previews"
DRAFTS = "previews-begun"  # beside the store, in the folder of the site's data


def picture_name(preview: Preview, number: int, size: int) -> str:
    return f"{folder_of(preview)}/{number}-{size}.webp"


def folder_of(preview: Preview) -> str:
    return f"{STORE}/{preview.sha256[:2]}/{preview.sha256}"


def keep_picture(preview: Preview, number: int, size: int, picture: File) -> None:
    """In place of one that an earlier try may have left."""
    storage, name = private_storage(), picture_name(preview, number, size)
    storage.delete(name)
    storage.save(name, picture)


def delete_pictures(preview: Preview) -> None:
    storage, folder = private_storage(), folder_of(preview)
    for name in names_in(storage, folder):
        storage.delete(name)
    if storage.exists(folder):
        storage.delete(folder)


def clear(preview: Preview) -> None:
    """Everything on disk that was ever made of it."""
    forget_draft(preview)
    delete_pictures(preview)


def names_in(storage: Storage, folder: str) -> list[str]:
    try:
        _folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return []
    return [f"{folder}/{name}" for name in files]


def folders_of_pictures(storage: Storage) -> Iterator[str]:
    """Of every preview that has, or had, some."""
    for start in folders_in(storage, STORE):
        yield from folders_in(storage, start)


def folders_in(storage: Storage, folder: str) -> list[str]:
    try:
        folders, _files = storage.listdir(folder)
    except FileNotFoundError:
        return []
    return [f"{folder}/{name}" for name in folders]


@contextmanager
def draft_folder(preview: Preview) -> Iterator[Path]:
    """An empty folder to draw in, always the same one: what a killed worker left there goes when the next begins."""
    forget_draft(preview)
    folder = draft_of(preview)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        forget_draft(preview)


def forget_draft(preview: Preview) -> None:
    shutil.rmtree(draft_of(preview), ignore_errors=True)


def draft_of(preview: Preview) -> Path:
    return Path(settings.DATA_DIR, DRAFTS, preview.sha256)
