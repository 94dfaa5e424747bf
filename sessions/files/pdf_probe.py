"""Look into one PDF, alone in a child process: `python -m sessions.files.pdf_probe < file.pdf`.

Reads the file from standard input and prints one line of JSON. PDFium runs only here: it is not safe
between threads, and a hostile file may crash it or let it run for ever, which then ends this process only.
"""

import json
import mmap
import re
import sys
import tempfile
from collections.abc import Iterator

from conference.isolation import limit

CPU_SECONDS = 20
MEMORY = 1024**3
SCRATCH = 512 * 1024**2
BROKEN_FILE = 3  # exit status when the file, not our installation, is at fault

TOKEN = re.compile(
    rb"\((?:[^\\()]|\\.)*\)|<[0-9A-Fa-f\s]*>|/[^\s()<>\[\]{}/%]*|\b(?:stream|endobj)\b|\b\d+ \d+ R\b|\b\d+ \d+ obj\b",
    re.DOTALL,
)
DANGEROUS = {b"/JavaScript", b"/Launch"}


def name_pattern(name: bytes) -> bytes:
    """A PDF name in every spelling: any letter may be written as # and two hexadecimal digits."""
    return b"".join(b"(?:%c|#(?i:%02x))" % (letter, letter) for letter in name)


# Readers differ in what they find in a broken file, so the bytes as sent are searched as well.
RAW_ACTION = re.compile(
    rb"/"
    + name_pattern(b"S")
    + rb"\s*/(?:"
    + name_pattern(b"JavaScript")
    + rb"|"
    + name_pattern(b"Launch")
    + rb")"
)


def probe(pdfium, source) -> dict:
    with mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ) as raw:
        is_active = shows_action(raw)
    try:
        document = pdfium.PdfDocument(source)
    except pdfium.PdfiumError as error:
        return {"error": "password" if "password" in str(error).lower() else "damaged"}
    pages = len(document)
    if not pages:
        return {"error": "damaged"}
    document[0].close()
    with tempfile.TemporaryFile() as plain:
        document.save(plain, flags=pdfium.raw.FPDF_REMOVE_SECURITY)
        plain.flush()
        is_active = is_active or has_action(plain)
    return {"error": "active" if is_active else "", "pages": pages}


def shows_action(raw) -> bool:
    """An action in the bytes as sent, unless it is the middle of a web address."""
    for match in RAW_ACTION.finditer(raw):
        before = raw[max(0, match.start() - len(b"/Action")) : match.start()]
        if before.endswith(b"/Action") or before[-1:] in b"\0 \t\r\n\f<>()[]":
            return True
    return False


def has_action(plain) -> bool:
    """PDFium wrote every object openly, names spelled out and object streams unpacked."""
    with mmap.mmap(plain.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return any(runs_something(data, offset) for offset in object_offsets(data))


def object_offsets(data) -> Iterator[int]:
    start = int(data[data.rfind(b"startxref") :].split()[1])
    for match in re.compile(rb"(\d{10}) \d{5} n").finditer(data, start):
        yield int(match[1])


def runs_something(data, offset: int) -> bool:
    """Whether the object is, or holds, an action with a script or a program; its stream is not looked at."""
    before = b""
    for match in TOKEN.finditer(data, offset):
        token = match[0]
        if token in (b"stream", b"endobj"):
            return False
        is_start = before == b"/S" or before.endswith(b"obj")
        if token in DANGEROUS and is_start:
            return True
        if before == b"/JS" and not token.startswith(b"/"):
            return True
        if token == b"/XFA":
            return True
        before = token
    return False


def main() -> int:
    import pypdfium2 as pdfium

    limit(seconds=CPU_SECONDS, memory=MEMORY, file_size=SCRATCH)
    try:
        with open(0, "rb", closefd=False) as source:  # noqa: PTH123
            print(json.dumps(probe(pdfium, source)))
    except (pdfium.PdfiumError, ValueError, IndexError, OSError, MemoryError) as error:
        print(f"{type(error).__name__}: {error}"[:500], file=sys.stderr)
        return BROKEN_FILE
    return 0


if __name__ == "__main__":
    sys.exit(main())
