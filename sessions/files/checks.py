"""Decide by its content whether an uploaded file is taken."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from sessions.files import container, pdf
from sessions.files.formats import FORMATS, Format
from sessions.files.names import extension_of, safe_name
from sessions.files.office import MACROS, identify_office
from sessions.files.refusals import RefusedFile

CHUNK = 64 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # office files from before 2007, and all locked ones since
LOCKED_MARK = "EncryptedPackage".encode("utf-16-le")
MACRO_EXTENSIONS = {".pptm", ".potm", ".ppsm", ".docm", ".dotm"}

EMPTY = _("This file is empty. Save it again from the program that made it, and upload the new file.")
TOO_LARGE = _(
    "This file is {size}, and the limit is {limit}. "
    "Make the pictures and films in it smaller, or save it as a PDF, and upload that file."
)
UNKNOWN = _(
    "This is not a document we can take. Save it as PDF, PPTX, ODP, KEY, DOCX or ODT, and upload that file."
)
OLD_OFFICE = _("This file has an old office format. Open it, save as .pptx or .docx, and upload that file.")
WRONG_EXTENSION = _(
    "This file is named “{name}”, but its content is {format}. "
    "Give it a name that ends in {extension}, and upload it again."
)


@dataclass(frozen=True)
class CheckedFile:
    """What we found out ourselves about a file; nothing here comes from the sender but the cleaned name."""

    format: str
    content_type: str
    extension: str
    size: int
    sha256: str
    safe_name: str


def check_upload(file: BinaryIO, *, name: str, max_bytes: int) -> CheckedFile:
    """Answer what the file is, or raise RefusedFile with the reason; the file is left at its start."""
    size = _check_size(file, max_bytes)
    found = _identify(file, name)
    if extension_of(name) != found.extension:
        raise RefusedFile(
            WRONG_EXTENSION, name=safe_name(name), format=found.name.upper(), extension=found.extension
        )
    digest = hashlib.sha256()
    for chunk in _chunks(file):
        digest.update(chunk)
    file.seek(0)
    return CheckedFile(
        format=found.name,
        content_type=found.content_type,
        extension=found.extension,
        size=size,
        sha256=digest.hexdigest(),
        safe_name=safe_name(name),
    )


def _check_size(file: BinaryIO, max_bytes: int) -> int:
    file.seek(0, 2)
    size = file.tell()
    if not size:
        raise RefusedFile(EMPTY)
    if size > max_bytes:
        raise RefusedFile(TOO_LARGE, size=filesizeformat(size), limit=filesizeformat(max_bytes))
    return size


def _identify(file: BinaryIO, name: str) -> Format:
    if extension_of(name) in MACRO_EXTENSIONS:
        raise RefusedFile(MACROS)
    file.seek(0)
    head = file.read(len(OLE))
    if head.startswith(OLE):
        raise RefusedFile(container.PASSWORD if _contains(file, LOCKED_MARK) else OLD_OFFICE)
    if head.startswith(pdf.MAGIC):
        pdf.check_pdf(file)
        return FORMATS["pdf"]
    kind = identify_office(file) if head.startswith(container.MAGIC) else ""
    if kind not in FORMATS:
        raise RefusedFile(UNKNOWN)
    return FORMATS[kind]


def _contains(file: BinaryIO, mark: bytes) -> bool:
    tail = b""
    for chunk in _chunks(file):
        if mark in tail + chunk:
            return True
        tail = chunk[-len(mark) :]
    return False


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while chunk := file.read(CHUNK):
        yield chunk
