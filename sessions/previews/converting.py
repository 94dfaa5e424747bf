"""Have LibreOffice draw a slide deck as a PDF, in the child process and before it reads anything of the file itself.

Only where it is switched on and installed, and only without network: a deck may name pictures that lie elsewhere. What
goes wrong here costs the pictures of the slides; their texts are read from the deck itself.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pypdfium2 as pdfium
from PIL.Image import Image

from conference import isolation
from sessions.previews import pdf_pages

SECONDS = 120
MEMORY = 4 * 1024**3  # of addresses, most of which are never used
DRAWN = "slides.pdf"


def convert(program: str, file: BinaryIO, file_format: str, folder: Path) -> None:
    """Leaves slides.pdf in the folder, or nothing; the file is at its start again afterwards."""
    deck = folder / f"slides.{file_format}"
    with deck.open("wb") as copy:
        shutil.copyfileobj(file, copy)
    file.seek(0)
    isolation.end_programs_together()
    try:
        subprocess.run(  # noqa: S603
            [
                program, "--headless", "--norestore", "--nolockcheck", "--nodefault",
                f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                "--convert-to", "pdf", "--outdir", str(folder), str(deck),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env={"HOME": str(folder), "LANG": "C.UTF-8", "PATH": os.defpath},
            preexec_fn=isolation.end_with_parent,  # noqa: PLW1509  no threads here
            timeout=SECONDS,
            check=False,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError) as error:
        print(f"not converted: {type(error).__name__}", file=sys.stderr)
    finally:
        deck.unlink()


def drawn_slides(folder: Path, count: int) -> Iterator[Image | None]:
    """The picture of each slide that is shown, in order; none at all if they are not as many as the deck has."""
    path = folder / DRAWN
    if path.is_symlink() or not path.is_file():
        return
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError:
        return
    if len(document) == count:
        yield from (picture_of(document, index) for index in range(count))
    document.close()


def picture_of(document: pdfium.PdfDocument, index: int) -> Image | None:
    try:
        return pdf_pages.draw(document[index])
    except pdfium.PdfiumError:
        return None
