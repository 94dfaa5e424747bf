"""What a test reads in a PDF; the only place where tests open one."""

import pypdfium2 as pdfium

from sessions.booklet.prose import ZERO_WIDTH_SPACE


def pages_of(pdf: bytes) -> list[str]:
    """The words of each page, on one line and as a person reads them."""
    document = pdfium.PdfDocument(pdf)
    try:
        return [words_of(page.get_textpage().get_text_bounded()) for page in document]
    finally:
        document.close()


def words_of(text: str) -> str:
    # A hyphen that was set at the end of a line comes out as U+FFFE or U+0002.
    joined = text.replace("\ufffe", "").replace("\x02", "").replace("\xad", "").replace(ZERO_WIDTH_SPACE, "")
    return " ".join(joined.split())


def sizes_of(pdf: bytes) -> set[tuple[int, int]]:
    """Width and height of its pages in millimetres."""
    document = pdfium.PdfDocument(pdf)
    try:
        return {tuple(round(points / 72 * 25.4) for points in page.get_size()) for page in document}
    finally:
        document.close()


def title_of(pdf: bytes) -> str:
    document = pdfium.PdfDocument(pdf)
    try:
        return document.get_metadata_value("Title")
    finally:
        document.close()
