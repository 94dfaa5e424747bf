"""Set one booklet, alone in a child process: `python -m sessions.booklet.typeset < book.json > booklet.pdf`.

Nothing but data comes in, and limits on time and memory end a text that would keep the typesetter busy for ever.
The PDF is checked against PDF/UA while it is written. That check names every letter for which no font has a shape:
these are then replaced by a white square, and the booklet says so.
"""

import contextlib
import json
import re
import sys
from pathlib import Path

CPU_SECONDS = 30
MEMORY = 3 * 1024**3  # of addresses, most of which no thread ever uses
TEMPLATE = Path(__file__).with_name("booklet.typ")
TRIES = 4
NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')
CODE_POINT = re.compile(r"\\u\{([0-9a-f]+)\}")
WHITE_SQUARE = "\u25a1"


def limit_this_process() -> None:
    try:
        import resource
    except ImportError:  # not on Windows; the parent's timeout still holds
        return
    limits = {resource.RLIMIT_CPU: CPU_SECONDS, resource.RLIMIT_AS: MEMORY, resource.RLIMIT_CORE: 0}
    for kind, amount in limits.items():
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (amount, amount))


def typeset(book: dict) -> bytes:
    """A tagged PDF; raises typst.TypstError if it would not keep to PDF/UA."""
    import typst  # slow to load, and this process does little else

    for left in reversed(range(TRIES)):
        said = json.dumps(book, ensure_ascii=False)
        try:
            return typst.compile(
                TEMPLATE.read_bytes(), sys_inputs={"book": said}, format="pdf", pdf_standards=["ua-1"]
            )
        except typst.TypstError as error:
            missing = without_shape(error.diagnostic)
            if not missing or not left:
                raise
            book = {**replaced(book, missing), "lacks_glyphs": True}
    raise AssertionError("unreachable")


def without_shape(complaint: str) -> set[str]:
    found = {
        CODE_POINT.sub(lambda code: chr(int(code[1], 16)), quoted) for quoted in NO_GLYPH.findall(complaint)
    }
    return {
        letter for cluster in found for letter in cluster if letter != WHITE_SQUARE and not letter.isascii()
    }


def replaced(value, letters: set[str]):
    """The same data, each of these letters replaced in every text."""
    if isinstance(value, str):
        return value.translate({ord(letter): WHITE_SQUARE for letter in letters})
    if isinstance(value, list):
        return [replaced(each, letters) for each in value]
    if isinstance(value, dict):
        return {
            key: each if key in ("to", "address") else replaced(each, letters) for key, each in value.items()
        }
    return value


def main() -> int:
    limit_this_process()
    book = json.load(sys.stdin.buffer)
    sys.stdout.buffer.write(typeset(book))
    return 0


if __name__ == "__main__":
    sys.exit(main())
