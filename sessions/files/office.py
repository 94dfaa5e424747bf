"""What an office package really is, and whether all of it may be handed to others."""

import re
import tempfile
from pathlib import PurePosixPath
from typing import IO
from zipfile import ZipInfo

from django.utils.translation import gettext_lazy as _

from sessions.files.container import MAGIC, PASSWORD, Allowance, Container
from sessions.files.formats import ODF_TYPES, OOXML_MAIN_PARTS
from sessions.files.refusals import RefusedFile
from sessions.files.xml_parts import EntityWatch, elements

OTHER = "other"  # a sound office package, but not one that a session offers
KEYNOTE_INDEX = "keynote index"
MAX_DEPTH = 2  # a chart's workbook, and a document embedded with its own chart
MAX_SMALL_PART = 4 * 1024**2
MAX_MAIN_PART = 64 * 1024**2
IN_MEMORY = 4 * 1024**2
CONTENT_TYPES = "[Content_Types].xml"
ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"PK\x05\x06")
ODF_SCRIPT = re.compile(r"(basic/[^/]+/(?!script-l[bc]\.xml$).+|scripts/.+[^/])")

PLAIN_ARCHIVE = _(
    "This is a ZIP archive, not a presentation. Unpack it and upload the documents in it one by one."
)
ARCHIVE_INSIDE = _(
    "This file has an archive packed inside it. Take the archive out, save the file, and upload it again."
)
MACROS = _(
    "This file contains macros. Save without macros (as an ordinary .pptx, .docx, .odp or .odt, or as a PDF) "
    "and upload that file."
)


def identify_office(file: IO[bytes]) -> str:
    """The format's name, or OTHER; every byte has been unpacked and counted when this answers."""
    return _inspect(file, Allowance(), depth=0)


def _inspect(file: IO[bytes], allowance: Allowance, depth: int) -> str:
    container = Container(file, allowance)
    identity = _identity(container)
    for entry in container.entries:
        watch = _watch_for(entry.filename, is_ooxml=CONTENT_TYPES in container)
        head = b""
        for chunk in container.read(entry):
            head = head or chunk[:8]
            if watch:
                watch.feed(chunk)
        if head.startswith(ARCHIVES):
            raise RefusedFile(ARCHIVE_INSIDE)
        if head.startswith(MAGIC):
            _inspect_inside(container, entry, allowance, depth + 1)
    return identity


def _inspect_inside(container: Container, entry: ZipInfo, allowance: Allowance, depth: int) -> None:
    """A package inside a package must be as sound as one sent alone."""
    if depth > MAX_DEPTH:
        raise RefusedFile(ARCHIVE_INSIDE)
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as copy:
        for chunk in container.read(entry):
            copy.write(chunk)
        try:
            _inspect(copy, allowance, depth)
        except RefusedFile as refusal:
            raise RefusedFile(
                ARCHIVE_INSIDE if refusal.message is PLAIN_ARCHIVE else refusal.message
            ) from refusal


def _identity(container: Container) -> str:
    if CONTENT_TYPES in container:
        return _ooxml(container)
    if container.entries and container.entries[0].filename == "mimetype":
        return _odf(container)
    return _keynote(container)


def _ooxml(container: Container) -> str:
    types = elements(container.read_named(CONTENT_TYPES, MAX_SMALL_PART), "Default", "Override").found
    defaults = {
        a.get("Extension", "").casefold(): a.get("ContentType", "") for n, a in types if n == "Default"
    }
    named = {
        a.get("PartName", "").lstrip("/").casefold(): a.get("ContentType", "")
        for n, a in types
        if n == "Override"
    }
    declared = [*defaults.values(), *named.values()]
    _refuse_macros(container, declared)
    mains = []
    for name in container.by_name:
        content_type = named.get(name) or defaults.get(PurePosixPath(name).suffix[1:], "")
        if content_type in OOXML_MAIN_PARTS:
            mains.append((name, OOXML_MAIN_PARTS[content_type]))
    if len(mains) != 1:
        return OTHER
    (name, kind) = mains[0]
    elements(container.read_named(name, MAX_MAIN_PART))
    return kind


def _refuse_macros(container: Container, content_types: list[str]) -> None:
    names = [PurePosixPath(name).name for name in container.by_name]
    relations = [name for name in container.by_name if name.endswith(".rels")]
    kinds = [
        attributes.get("Type", "")
        for name in relations
        for _tag, attributes in elements(container.read_named(name, MAX_SMALL_PART), "Relationship").found
    ]
    marks = ("macroenabled", "vbaproject", "vbadata")
    texts = [text.casefold() for text in [*names, *content_types, *kinds]]
    if any(mark in text for mark in marks for text in texts):
        raise RefusedFile(MACROS)


def _odf(container: Container) -> str:
    declared = b"".join(container.read_named("mimetype", 200)).decode("ascii", "replace")
    if any(ODF_SCRIPT.match(name) for name in container.by_name):
        raise RefusedFile(MACROS)
    if "META-INF/manifest.xml" not in container:
        return OTHER
    manifest = elements(
        container.read_named("META-INF/manifest.xml", MAX_SMALL_PART), "encryption-data", allow_doctype=True
    )
    if manifest.found or "encrypted-package" in container:
        raise RefusedFile(PASSWORD)
    if declared not in ODF_TYPES:
        return OTHER
    elements(container.read_named("content.xml", MAX_MAIN_PART))
    return ODF_TYPES[declared]


def _keynote(container: Container) -> str:
    names = container.by_name
    if any(name.endswith((".iwph", ".iwpv2")) for name in names):
        raise RefusedFile(PASSWORD)
    has_index = "Index.zip" in container or any(re.fullmatch(r"index/.+\.iwa", name) for name in names)
    has_company = any(name.startswith("metadata/") or name == "preview.jpg" for name in names)
    if has_index and has_company:
        return "key"
    if names and all(name.endswith((".iwa", "/")) for name in names):
        return KEYNOTE_INDEX
    raise RefusedFile(PLAIN_ARCHIVE)


def _watch_for(name: str, *, is_ooxml: bool) -> EntityWatch | None:
    if not name.casefold().endswith((".xml", ".rels", ".vml")):
        return None
    return EntityWatch(allow_doctype=not is_ooxml)
