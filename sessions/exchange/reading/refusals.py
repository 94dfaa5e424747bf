"""Why a schedule was not read, and what was odd in one that was: in words, with the line or path."""

from dataclasses import dataclass, field
from typing import Any

MOST_REMARKS = 300


class RefusedSchedule(ValueError):  # noqa: N818
    """A file that cannot be read; its text says what is wrong and where."""

    def __init__(self, words: Any, where: str = "") -> None:
        self.words, self.where = words, where
        super().__init__(words)

    def __str__(self) -> str:
        return sayable(f"{self.where}: {self.words}" if self.where else self.words)


def sayable(words: Any) -> str:
    """Without halves of characters, which JSON can name and no page can show."""
    return str(words).encode("utf-8", "replace").decode()


@dataclass(frozen=True)
class Remark:
    """Something odd that did not stop the reading."""

    where: str
    words: str

    def __str__(self) -> str:
        return f"{self.where}: {self.words}" if self.where else self.words


@dataclass
class Remarks:
    """The remarks of one reading, as many as anyone will look at; the others are counted."""

    kept: list[Remark] = field(default_factory=list)
    dropped: int = 0

    def add(self, where: str, words: Any) -> None:
        if len(self.kept) < MOST_REMARKS:
            self.kept.append(Remark(sayable(where), sayable(words)))
        else:
            self.dropped += 1
