"""Which bytes of a file a Range header asks for (RFC 9110, section 14)."""

import re
from dataclasses import dataclass

ONE_RANGE = re.compile(r"bytes=[ \t]*(\d*)-(\d*)[ \t]*", re.ASCII)
MOST_DIGITS = 18  # longer numbers are past the end of any file


class NotSatisfiable(ValueError):  # noqa: N818
    """The asked bytes lie outside the file."""


@dataclass(frozen=True)
class ByteRange:
    """From first to last byte, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1


def asked_range(header: str, size: int) -> ByteRange | None:
    """The one range asked for; None means the whole file, also for several ranges or a strange header."""
    match = ONE_RANGE.fullmatch(header.strip())
    if not match or match.groups() == ("", ""):
        return None
    first, last = (int(digits[:MOST_DIGITS]) if digits else None for digits in match.groups())
    if first is None:  # the last so many bytes
        if not last or not size:
            raise NotSatisfiable
        return ByteRange(max(0, size - last), size - 1)
    if last is not None and last < first:
        return None
    if first >= size:
        raise NotSatisfiable
    return ByteRange(first, size - 1 if last is None else min(last, size - 1))
