"""Look into one file, alone: `python -m sessions.previews.child FORMAT FOLDER [OFFICE] < file`, one line of JSON for each page.

Pictures are written into the folder. OFFICE is the program that may draw slides first. Whatever a hostile file does here ends this process and nothing else: it has no
network, no keys, and little memory and time.
"""

import json
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, BinaryIO

from conference import isolation
from sessions.previews.pages import Page

SECONDS = 240  # of the processor
MEMORY = 1536 * 1024**2
LARGEST_FILE = 64 * 1024**2
MOST_TEXT = 3_000_000  # characters of a whole file
BROKEN_FILE, TOO_LARGE, LOCKED = 3, 4, 5  # exit statuses


class Teller:
    """Says what was found, until there is too much of it."""

    def __init__(self) -> None:
        self.left = MOST_TEXT

    def say(self, **found: Any) -> None:
        print(json.dumps(found), flush=True)

    def say_page(self, page: Page) -> None:
        self.left -= len(page.text) + len(page.notes)
        if self.left < 0:
            page = replace(page, text="", notes="")
        self.say(page=asdict(page))


def look_into_pdf(file: BinaryIO, folder: Path, teller: Teller) -> None:
    import pypdfium2 as pdfium

    from sessions.previews import painting, pdf_pages

    document = pdfium.PdfDocument(file)
    teller.say(pages=pdf_pages.count_pages(document))
    for page, picture in pdf_pages.read_pages(document):
        if picture:
            painting.paint(picture, page.number, folder)
        teller.say_page(page)
    document.close()


def look_into_office(file: BinaryIO, folder: Path, teller: Teller, file_format: str) -> None:
    from sessions.files.container import Allowance, Container
    from sessions.previews import converting, odp_pages, painting, pptx_pages

    reader: Any = {"pptx": pptx_pages, "odp": odp_pages}[file_format]
    container = Container(file, Allowance())
    teller.say(pages=reader.count_pages(container))
    teller.say(cover=painting.paint_cover(reader.thumbnail(container), folder))
    pages = list(reader.read_pages(container))
    pictures = converting.drawn_slides(folder, sum(not page.is_hidden for page in pages))
    for page in pages:
        picture = None if page.is_hidden else next(pictures, None)
        if picture:
            painting.paint(picture, page.number, folder)
            page = replace(page, width=picture.width, height=picture.height)
        teller.say_page(page)


def examine(file: BinaryIO, file_format: str, teller: Teller) -> None:
    """What stands in the way of readers; a preview without it is still one."""
    from sessions.files.accessibility import examine as examine_file

    try:
        found = examine_file(file, file_format)
    except Exception as error:
        print(f"not examined: {type(error).__name__}", file=sys.stderr)
        return
    teller.say(language=found.language, findings=found.findings)


def load() -> type[Exception]:
    """All that is needed, before this process may no longer start or ask anything."""
    import pypdfium2
    from PIL import Image, WebPImagePlugin

    import sessions.files.accessibility
    import sessions.files.accessible_odf
    import sessions.files.accessible_ooxml
    import sessions.files.accessible_pdf
    import sessions.files.container
    import sessions.previews.converting
    import sessions.previews.painting
    import sessions.previews.pdf_pages  # noqa: F401

    Image.preinit()
    assert WebPImagePlugin.SUPPORTED  # noqa: S101
    return pypdfium2.PdfiumError


def shut_in(memory: int = MEMORY) -> bool:
    """Whether there is surely no network, also for a program that is started here."""
    isolation.end_with_parent()
    is_alone = isolation.leave_the_network()
    isolation.limit(seconds=SECONDS, memory=memory, file_size=LARGEST_FILE)
    return is_alone


def prepare(file: BinaryIO, file_format: str, folder: Path, office: str) -> type[Exception]:
    """All that needs more than reading; afterwards this process can neither connect nor start anything."""
    from sessions.previews import converting

    is_alone = shut_in(converting.MEMORY if office else MEMORY)
    pdf_error = load()
    if office and is_alone:
        converting.convert(office, file, file_format, folder)
    isolation.refuse_connections_and_programs()
    return pdf_error


def main(file_format: str, folder: str, office: str = "") -> int:
    teller = Teller()
    pdf_error: type[Exception] = ValueError
    try:
        with open(0, "rb", closefd=False) as file:  # noqa: PTH123
            pdf_error = prepare(file, file_format, Path(folder), office)
            if file_format == "pdf":
                look_into_pdf(file, Path(folder), teller)
            else:
                look_into_office(file, Path(folder), teller, file_format)
            examine(file, file_format, teller)
    except MemoryError:
        return TOO_LARGE
    except pdf_error as error:
        return LOCKED if "password" in str(error).lower() else BROKEN_FILE
    except (ValueError, LookupError, OSError, RecursionError) as error:
        print(f"{type(error).__name__}"[:500], file=sys.stderr)
        return BROKEN_FILE
    teller.say(end=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
