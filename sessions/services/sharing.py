"""Identical contents lie in the store once, and what was sent twice by accident counts once."""

import uuid
from pathlib import PurePosixPath

from django.core.files.storage import Storage

from sessions.models import PresentationFile, Preview
from sessions.models.presentation_file import private_storage
from sessions.services.storing import StoredFile

REPEATS = uuid.UUID("5b1ff3b0-5d4e-4b57-9f0c-0c1d9a4f7c11")  # the name space of the guids below
LONGEST_MARK = 64


def guid_of_sending(
    mark: str, sender: str, target: uuid.UUID, file: StoredFile, link: str
) -> uuid.UUID | None:
    """The guid of a version by what its sender marked it with: the same sending has the same one.

    Another sender, another target or another content never has it, so nobody can guess or take somebody's.
    """
    if not mark or len(mark) > LONGEST_MARK:
        return None
    content = file.fields.get("sha256") or link
    return uuid.uuid5(REPEATS, "\n".join([sender, str(target), content, mark]))


def share_file(version: PresentationFile) -> None:
    """In the transaction that writes the version: if its content is in the store already, that file is its file.

    The row of the preview makes two that come at once wait for each other; that of the twin keeps the twin's file
    from being given up meanwhile. What is left over is deleted by whoever stored it, or by the daily job.
    """
    if not version.file or not version.sha256:
        return
    Preview.objects.select_for_update(no_key=True, of=("self",)).filter(versions=version.pk).first()
    twin = sound_twin(version)
    if twin:
        version.file = twin.file.name
        version.save(update_fields=["file"])


def sound_twin(version: PresentationFile) -> PresentationFile | None:
    """Another version with the same content whose own file lies in the store, locked; the oldest of them."""
    twins = PresentationFile.objects.select_for_update(of=("self",)).filter(
        sha256=version.sha256, size=version.size, format=version.format, damage=""
    )
    storage = private_storage()
    for twin in twins.exclude(pk=version.pk).exclude(file__in=["", version.file.name]).order_by("pk"):
        if is_there(storage, twin):
            return twin
    return None


def is_there(storage: Storage, version: PresentationFile) -> bool:
    name = version.file.name or ""
    try:
        return bool(PurePosixPath(name).name) and storage.size(name) == version.size
    except OSError:
        return False
