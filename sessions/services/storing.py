"""Put a checked file into the private store under a generated name, and take it out again when it is of no use."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast
from uuid import UUID

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage
from django.utils.translation import gettext as _

from conference import clock
from conference.uploads import is_cut_off
from sessions.exceptions import NoRoom, PresentationRefused
from sessions.files.checks import check_upload
from sessions.files.refusals import Infected, RefusedFile, ScanUnavailable
from sessions.files.scanner import scan
from sessions.models import PresentationFile
from sessions.models.presentation_file import generated_name, private_storage
from sessions.services.alarms import tell_of_virus

MEGABYTE = 1024**2


@dataclass(frozen=True)
class StoredFile:
    """A file on disk, or none, with what the row of its version has to know."""

    name: str = ""
    fields: dict[str, Any] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return self.fields.get("size", 0)


@contextmanager
def stored(upload: File | None, guid: UUID) -> Iterator[StoredFile]:
    """Check, scan and store the upload; if what follows fails or needs no such file, it is removed again."""
    if upload is None:
        yield StoredFile()
        return
    fields = checked_fields(upload)
    name = generated_name(guid, fields["format"])
    try:
        write(private_storage(), name, upload)
        yield StoredFile(name, fields)
    except BaseException:
        remove(name)
        raise
    remove_unused({name})


def remove_unused(names: set[str]) -> None:
    """Of these, what no version has."""
    for name in names - set(PresentationFile.objects.filter(file__in=names).values_list("file", flat=True)):
        remove(name)


def remove(name: str) -> None:
    with suppress(OSError):  # a store that cannot write cannot delete either; the daily job comes again
        private_storage().delete(name)


def checked_fields(upload: File) -> dict[str, Any]:
    """What the file is by its content; nothing here comes from the sender but the cleaned name."""
    if is_cut_off(upload):
        raise NoRoom(no_room())
    limit = settings.PRESENTATION_MAX_MB * MEGABYTE
    content = cast(BinaryIO, upload)
    try:
        checked = check_upload(content, name=upload.name or "", max_bytes=limit)
        if settings.CLAMAV_ADDRESS:
            scan(content, settings.CLAMAV_ADDRESS)
    except RefusedFile as refusal:
        if isinstance(refusal, Infected):
            tell_of_virus(upload.name or "", str(refusal))
        raise PresentationRefused(str(refusal)) from refusal
    except ScanUnavailable as problem:
        raise PresentationRefused(
            _("The virus scanner does not answer, so no file can be taken now. Try again in a few minutes.")
        ) from problem
    return {
        "original_name": checked.safe_name,
        "format": checked.format,
        "content_type": checked.content_type,
        "size": checked.size,
        "sha256": checked.sha256,
    }


def write(storage: Storage, name: str, upload: File) -> None:
    upload.seek(0)
    try:
        storage.save(name, upload)
    except OSError as problem:
        raise NoRoom(no_room()) from problem


def no_room() -> str:
    return _("The file could not be stored, the site has no room left. Please tell the organisers.")


def remove_orphans(older_than: timedelta = timedelta(days=1)) -> int:
    """Delete private files that no version knows of; young ones may still be on their way into a row."""
    storage, limit = private_storage(), clock.now() - older_than
    known = set(PresentationFile.objects.exclude(file="").values_list("file", flat=True))
    old = [
        name
        for name in stored_files(storage, "presentations")
        if name not in known and storage.get_modified_time(name) < limit
    ]
    # Asked again for each: a row may have come while the folder was read.
    orphans = [name for name in old if not PresentationFile.objects.filter(file=name).exists()]
    for name in orphans:
        storage.delete(name)
    return len(orphans)


def stored_files(storage: Storage, folder: str) -> Iterator[str]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (str(PurePosixPath(folder, name)) for name in files)
    for name in folders:
        yield from stored_files(storage, str(PurePosixPath(folder, name)))
