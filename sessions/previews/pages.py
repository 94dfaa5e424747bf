"""What is read from a page, made harmless for the database and short enough for it."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

SMALL, LARGE = 400, 1600  # pictures are so many pixels wide
SIZES = (SMALL, LARGE)
COVER = 0  # the number of the picture that a file brought along
MOST_PAGES = 500  # the rest of a longer file has no preview
LONGEST_TEXT = 20_000  # characters of a page
LONGEST_TITLE = 300


@dataclass(frozen=True)
class Page:
    number: int  # from 1
    title: str = ""
    text: str = ""
    notes: str = ""
    width: int = 0  # of its large picture, in pixels; 0 without one
    height: int = 0
    is_hidden: bool = False  # a slide that its author does not show


def read_page(number: int, title: str = "", lines: Iterable[str] = (), notes: Iterable[str] = ()) -> Page:
    return Page(number, one_line(title), tidy("\n".join(lines)), tidy("\n".join(notes)))


def tidy(text: str) -> str:
    """Composed letters, no control characters, no halves of letters, no empty lines; not too long."""
    plain = text[: 2 * LONGEST_TEXT].replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n")
    plain = unicodedata.normalize("NFC", plain.encode("utf-8", "ignore").decode())
    known = "".join(letter for letter in plain if letter == "\n" or is_shown(letter))
    lines = (" ".join(line.split()) for line in known.split("\n"))
    return "\n".join(line for line in lines if line)[:LONGEST_TEXT]


def is_shown(letter: str) -> bool:
    """Tabs and joiners count: words need them; the marks that turn the direction of text do not."""
    category = unicodedata.category(letter)
    return letter in "\t\u200c\u200d" or category not in ("Cc", "Cf", "Cs", "Cn", "Co")


def one_line(text: str) -> str:
    return " ".join(tidy(text).split())[:LONGEST_TITLE]
