"""A ZIP whose every byte is known before it is made: any part of it can be sent again, in constant memory.

Pure. Files are stored, not packed (slides are packed already), as APPNOTE.TXT 6.3.10 of PKWARE says: size and CRC-32
stand before each file, Zip64 wherever a number needs more than 32 bits, names in UTF-8.
"""

import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import accumulate
from typing import BinaryIO

BLOCK = 256 * 1024
LARGE = 0xFFFFFFFF  # and everything above it is said in a Zip64 field
MANY = 0xFFFF
UTF8 = 1 << 11
PLAIN, ZIP64 = 20, 45  # the version of the format that a reader needs
BY_UNIX = 3 << 8
READABLE = 0o100644 << 16  # an ordinary file that everybody may read
FIRST_DAY = datetime(1980, 1, 1, tzinfo=UTC)  # the format knows nothing earlier

LOCAL = struct.Struct("<IHHHHHIIIHH")
CENTRAL = struct.Struct("<IHHHHHHIIIHHHHHII")
END = struct.Struct("<IHHHHIIH")
END64 = struct.Struct("<IQHHIIQQQQ")
LOCATOR = struct.Struct("<IIQI")


class FileChanged(Exception):  # noqa: N818
    """A file is not, or no more, what was promised; a reader must notice, so the rest is not sent."""


@dataclass(frozen=True)
class Entry:
    """One file: its path in the ZIP, what is known of its bytes, and how to come by them when its turn has come.

    `open` is told the first byte that is wanted of the file, and gives it from its beginning.
    """

    name: str
    size: int
    crc32: int
    changed_at: datetime
    open: Callable[[int], BinaryIO]

    @property
    def name_bytes(self) -> bytes:
        return self.name.encode()

    @property
    def local_extra(self) -> bytes:
        return zip64_field(self.size, self.size) if self.size >= LARGE else b""

    @property
    def head_size(self) -> int:
        return LOCAL.size + len(self.name_bytes) + len(self.local_extra)

    @property
    def whole_size(self) -> int:
        return self.head_size + self.size


class StoredZip:
    """The ZIP of these entries, in this order."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        *self.offsets, self.directory_offset = accumulate((one.whole_size for one in entries), initial=0)
        sizes = (len(directory_row(*pair)) for pair in zip(entries, self.offsets, strict=True))
        self.directory_size = sum(sizes)
        self.ending = ending(len(entries), self.directory_size, self.directory_offset)
        self.size = self.directory_offset + self.directory_size + len(self.ending)

    def pieces(self, first: int = 0, last: int | None = None) -> Iterator[bytes]:
        """The bytes from first to last, both included; raises FileChanged, or what an entry's open() raises."""
        stop = self.size if last is None else last + 1
        for entry, offset in zip(self.entries, self.offsets, strict=True):
            if offset + entry.whole_size <= first:
                continue
            if offset >= stop:
                return
            data = offset + entry.head_size
            yield from part(local_head(entry), offset, first, stop)
            if entry.size and data < stop:
                yield from file_pieces(entry, max(first - data, 0), min(stop - data, entry.size))
        yield from self._directory(first, stop)

    def _directory(self, first: int, stop: int) -> Iterator[bytes]:
        place = self.directory_offset
        for entry, offset in zip(self.entries, self.offsets, strict=True):
            row = directory_row(entry, offset)
            yield from part(row, place, first, stop)
            place += len(row)
        yield from part(self.ending, place, first, stop)


def part(content: bytes, place: int, first: int, stop: int) -> Iterator[bytes]:
    """What of these bytes, which stand at `place`, lies between first and stop."""
    if wanted := content[max(first - place, 0) : max(stop - place, 0)]:
        yield wanted


def file_pieces(entry: Entry, start: int, stop: int) -> Iterator[bytes]:
    """The bytes of the file from start to before stop; whole, they are compared with what was promised."""
    left, crc = stop - start, 0
    with entry.open(start) as file:
        file.seek(start)
        while left:
            piece = file.read(min(BLOCK, left))
            if not piece:
                raise FileChanged(entry.name)
            left -= len(piece)
            crc = zlib.crc32(piece, crc)
            if not left and start == 0 and stop == entry.size and crc != entry.crc32:
                raise FileChanged(
                    entry.name
                )  # the last piece is kept back, so nobody takes the file for whole
            yield piece


def crc32_of(file: BinaryIO) -> int:
    crc = 0
    while piece := file.read(BLOCK):
        crc = zlib.crc32(piece, crc)
    return crc


# --- The format -----------------------------------------------------------------------------------


def dos_moment(moment: datetime) -> tuple[int, int]:
    """Time and date as MS-DOS kept them, to two seconds, in UTC."""
    at = max(moment.astimezone(UTC), FIRST_DAY)
    return at.hour << 11 | at.minute << 5 | at.second // 2, (at.year - 1980) << 9 | at.month << 5 | at.day


def zip64_field(*numbers: int) -> bytes:
    return struct.pack(f"<HH{len(numbers)}Q", 1, 8 * len(numbers), *numbers)


def local_head(entry: Entry) -> bytes:
    time, date = dos_moment(entry.changed_at)
    size, extra = min(entry.size, LARGE), entry.local_extra
    needs = ZIP64 if extra else PLAIN
    name = entry.name_bytes
    fields = (needs, UTF8, 0, time, date, entry.crc32, size, size, len(name), len(extra))
    return LOCAL.pack(0x04034B50, *fields) + name + extra


def directory_row(entry: Entry, offset: int) -> bytes:
    time, date = dos_moment(entry.changed_at)
    large = [entry.size, entry.size] if entry.size >= LARGE else []
    large += [offset] if offset >= LARGE else []
    extra = zip64_field(*large) if large else b""
    needs, size, name = ZIP64 if extra else PLAIN, min(entry.size, LARGE), entry.name_bytes
    fields = (BY_UNIX | ZIP64, needs, UTF8, 0, time, date, entry.crc32, size, size, len(name), len(extra))
    return CENTRAL.pack(0x02014B50, *fields, 0, 0, 0, READABLE, min(offset, LARGE)) + name + extra


def ending(count: int, size: int, offset: int) -> bytes:
    """The end of the directory, with its Zip64 form before it where a number is too large."""
    few = min(count, MANY)
    end = END.pack(0x06054B50, 0, 0, few, few, min(size, LARGE), min(offset, LARGE), 0)
    if count < MANY and size < LARGE and offset < LARGE:
        return end
    made_by = BY_UNIX | ZIP64
    end64 = END64.pack(0x06064B50, END64.size - 12, made_by, ZIP64, 0, 0, count, count, size, offset)
    return end64 + LOCATOR.pack(0x07064B50, 0, offset + size, 1) + end
