"""Where the pictures of pages lie in the private store; page 0 is the cover that a file brought along."""

from django.core.files.base import File
from django.core.files.storage import Storage

from sessions.models import Preview
from sessions.models.presentation_file import private_storage


def picture_name(preview: Preview, number: int, size: int) -> str:
    return f"{folder_of(preview)}/{number}-{size}.webp"


def folder_of(preview: Preview) -> str:
    return f"previews/{preview.sha256[:2]}/{preview.sha256}"


def keep_picture(preview: Preview, number: int, size: int, picture: File) -> None:
    """In place of one that an earlier try may have left."""
    storage, name = private_storage(), picture_name(preview, number, size)
    storage.delete(name)
    storage.save(name, picture)


def delete_pictures(preview: Preview) -> None:
    storage = private_storage()
    for name in names_in(storage, folder_of(preview)):
        storage.delete(name)


def names_in(storage: Storage, folder: str) -> list[str]:
    try:
        _folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return []
    return [f"{folder}/{name}" for name in files]
