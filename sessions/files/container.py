"""ZIP files from strangers: a checked directory, and entries that are counted while they are read."""

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext_lazy as _

from sessions.files.refusals import RefusedFile

CHUNK = 64 * 1024
MAX_ENTRIES = 10_000
MAX_DIRECTORY = 2 * 1024**2
MAX_UNPACKED = 1024**3
MAX_RATIO = 100
RATIO_MATTERS_FROM = 16 * 1024**2  # small files may hold very regular XML

MAGIC = b"PK\x03\x04"
END = struct.Struct("<4s4H2LH")
END_64 = struct.Struct("<4sQ2H2L4Q")
LOCATOR_64 = struct.Struct("<4sLQL")
LOCAL = struct.Struct("<4s5H3L2H")
HAS_DESCRIPTOR, UTF8, ENCRYPTED = 0x08, 0x800, 0x2041  # flag bits; encrypted: plain, strong or masked
UNKNOWN_32 = 0xFFFFFFFF

DAMAGED = _(
    "This file is damaged or was cut off while being sent. "
    "Open it in the program that made it, save it under a new name, and upload that file."
)
TOO_LARGE_INSIDE = _(
    "This file unpacks to far more than its size, so we do not open it. "
    "Make the pictures in it smaller or save it as a PDF, and upload that file."
)
TOO_MANY_PARTS = _(
    "This file holds more parts than a presentation has. Save it as a PDF, or split it, and upload that file."
)
UNSAFE_NAMES = _(
    "This file contains parts with names that are not allowed. "
    "Open it in the program that made it, save it under a new name, and upload that file."
)
PASSWORD = _("This file is protected by a password. Remove the password, save it, and upload it again.")


@dataclass
class Allowance:
    """What one upload may unpack to, packages inside it included."""

    entries: int = MAX_ENTRIES
    unpacked: int = MAX_UNPACKED

    def spend(self, *, entries: int, unpacked: int) -> None:
        self.entries -= entries
        self.unpacked -= unpacked
        if self.entries < 0:
            raise RefusedFile(TOO_MANY_PARTS)
        if self.unpacked < 0:
            raise RefusedFile(TOO_LARGE_INSIDE)


class Container:
    """The entries of a ZIP file whose directory told no visible lie."""

    def __init__(self, file: IO[bytes], allowance: Allowance) -> None:
        self.file = file
        file.seek(0, 2)
        self.size = file.tell()
        start = _check_end(file, self.size, allowance)
        self.entries = _directory(file)
        self.by_name = {entry.filename.casefold(): entry for entry in self.entries}
        self._check_entries()
        self._check_sizes(allowance)
        self._check_places(start)

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self.by_name

    def read(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        """The entry's bytes in chunks; a wrong size or checksum is refused as soon as it shows."""
        packed = _stored(self.file, _data_start(self.file, entry), entry.compress_size)
        pieces = packed if entry.compress_type == zipfile.ZIP_STORED else _inflated(packed)
        length = checksum = 0
        for piece in pieces:
            length += len(piece)
            if length > entry.file_size:
                raise RefusedFile(TOO_LARGE_INSIDE)
            checksum = zlib.crc32(piece, checksum)
            yield piece
        if (length, checksum) != (entry.file_size, entry.CRC):
            raise RefusedFile(DAMAGED)

    def read_named(self, name: str, limit: int) -> Iterator[bytes]:
        """A part we are going to parse, which must exist and stay below the limit."""
        entry = self.by_name.get(name.casefold())
        if entry is None:
            raise RefusedFile(DAMAGED)
        if entry.file_size > limit:
            raise RefusedFile(TOO_LARGE_INSIDE)
        return self.read(entry)

    def _check_entries(self) -> None:
        if len(self.by_name) != len(self.entries) or not all(map(_has_safe_name, self.entries)):
            raise RefusedFile(UNSAFE_NAMES)
        if any(entry.flag_bits & ENCRYPTED for entry in self.entries):
            raise RefusedFile(PASSWORD)
        known = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        if any(entry.compress_type not in known for entry in self.entries):
            raise RefusedFile(DAMAGED)
        if any(entry.is_dir() and entry.file_size for entry in self.entries):
            raise RefusedFile(DAMAGED)

    def _check_sizes(self, allowance: Allowance) -> None:
        unpacked = sum(entry.file_size for entry in self.entries)
        allowance.spend(entries=len(self.entries), unpacked=unpacked)
        if unpacked > max(RATIO_MATTERS_FROM, MAX_RATIO * self.size):
            raise RefusedFile(TOO_LARGE_INSIDE)

    def _check_places(self, directory_start: int) -> None:
        """Entries may not share bytes: that is how small files claim to hold large ones."""
        free_from = 0
        for entry in sorted(self.entries, key=lambda entry: entry.header_offset):
            if entry.header_offset < free_from:
                raise RefusedFile(DAMAGED)
            free_from = _data_start(self.file, entry) + entry.compress_size
        if free_from > directory_start:
            raise RefusedFile(DAMAGED)


def _check_end(file: IO[bytes], size: int, allowance: Allowance) -> int:
    """Read the end record before anything builds a list from it; answer where the directory starts."""
    if size < END.size:
        raise RefusedFile(DAMAGED)
    file.seek(size - END.size)
    signature, _disk, _first, _here, entries, length, start, comment = END.unpack(file.read(END.size))
    if signature != b"PK\x05\x06" or comment:
        raise RefusedFile(DAMAGED)
    end = size - END.size
    locator = _read_at(file, end - LOCATOR_64.size, LOCATOR_64)
    if locator and locator[0] == b"PK\x06\x07":
        end -= LOCATOR_64.size + END_64.size
        record = _read_at(file, end, END_64)
        if not record or record[0] != b"PK\x06\x06" or locator[2] != end:
            raise RefusedFile(DAMAGED)
        entries, length, start = record[7:]
    if entries > allowance.entries or length > MAX_DIRECTORY:
        raise RefusedFile(TOO_MANY_PARTS)
    if start + length != end:
        raise RefusedFile(DAMAGED)
    return start


def _directory(file: IO[bytes]) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(file) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, struct.error) as error:
        raise RefusedFile(DAMAGED) from error


def _has_safe_name(entry: zipfile.ZipInfo) -> bool:
    name = entry.orig_filename
    parts = name.removesuffix("/").split("/")
    is_plain = stat.S_IFMT(entry.external_attr >> 16) in (0, stat.S_IFREG, stat.S_IFDIR)
    return (
        is_plain
        and not any(character in "\\:" or ord(character) < 32 or ord(character) == 127 for character in name)
        and not any(part in ("", ".", "..") for part in parts)
    )


def _data_start(file: IO[bytes], entry: zipfile.ZipInfo) -> int:
    """Where the entry's data begins, once its own header agrees with the directory."""
    header = _read_at(file, entry.header_offset, LOCAL)
    if not header or header[0] != MAGIC:
        raise RefusedFile(DAMAGED)
    flags, method, packed, unpacked, name_length, extra_length = (header[i] for i in (2, 3, 7, 8, 9, 10))
    name = file.read(name_length)
    if method != entry.compress_type or name != _raw_name(entry):
        raise RefusedFile(DAMAGED)
    if flags & ENCRYPTED:
        raise RefusedFile(PASSWORD)
    sizes = [(packed, entry.compress_size), (unpacked, entry.file_size)]
    if not flags & HAS_DESCRIPTOR and any(here not in (there, UNKNOWN_32) for here, there in sizes):
        raise RefusedFile(DAMAGED)
    return entry.header_offset + LOCAL.size + name_length + extra_length


def _raw_name(entry: zipfile.ZipInfo) -> bytes:
    return entry.orig_filename.encode("utf-8" if entry.flag_bits & UTF8 else "cp437")


def _read_at(file: IO[bytes], position: int, record: struct.Struct) -> tuple | None:
    if position < 0:
        return None
    file.seek(position)
    data = file.read(record.size)
    return record.unpack(data) if len(data) == record.size else None


def _stored(file: IO[bytes], position: int, length: int) -> Iterator[bytes]:
    while length:
        file.seek(position)
        chunk = file.read(min(CHUNK, length))
        if not chunk:
            raise RefusedFile(DAMAGED)
        position += len(chunk)
        length -= len(chunk)
        yield chunk


def _inflated(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Never more than one chunk in memory, however much a few bytes unpack to."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for chunk in chunks:
            waiting = chunk
            while waiting and not inflater.eof:
                yield inflater.decompress(waiting, CHUNK)
                waiting = inflater.unconsumed_tail
        yield inflater.flush()
    except zlib.error as error:
        raise RefusedFile(DAMAGED) from error
    if not inflater.eof or inflater.unused_data:
        raise RefusedFile(DAMAGED)
