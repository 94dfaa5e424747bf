"""The pictures and the text of each page of a PDF, by PDFium; only in a child process."""

from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
from PIL.Image import Image

from sessions.previews.pages import LARGE, LONGEST_TEXT, MOST_PAGES, Page, read_page

TALLEST = 2 * LARGE  # of a picture; a taller page becomes narrower
LARGEST_SCALE = 20  # a stamp is not made larger than this
LONGEST_HEADING = 120  # characters; a longer first line is no heading


def read_pages(document: pdfium.PdfDocument) -> Iterator[tuple[Page, Image | None]]:
    """Each page with its large picture, or without one when PDFium cannot draw it."""
    headings = headings_of(document)
    for index in range(count_pages(document)):
        try:
            page = document[index]
        except pdfium.PdfiumError:
            yield Page(index + 1), None
            continue
        try:
            yield read_one(page, index + 1, headings.get(index, ""))
        finally:
            page.close()


def count_pages(document: pdfium.PdfDocument) -> int:
    return min(len(document), MOST_PAGES)


def read_one(page: pdfium.PdfPage, number: int, heading: str) -> tuple[Page, Image | None]:
    text = text_of(page)
    first = text.partition("\n")[0].strip()
    found = read_page(number, heading or (first if len(first) <= LONGEST_HEADING else ""), [text])
    picture = draw(page)
    if picture is None:
        return found, None
    return Page(number, found.title, found.text, width=picture.width, height=picture.height), picture


def text_of(page: pdfium.PdfPage) -> str:
    """Soft hyphens at the ends of lines join what they parted."""
    try:
        text = page.get_textpage()
    except pdfium.PdfiumError:
        return ""
    try:
        found = text.get_text_range(0, min(text.count_chars(), LONGEST_TEXT))
    finally:
        text.close()
    return found.replace("\ufffe\r\n", "").replace("\xad\r\n", "").replace("\ufffe", "").lstrip()


def draw(page: pdfium.PdfPage) -> Image | None:
    width, height = page.get_size()
    if not (width > 0 and height > 0):
        return None
    scale = min(LARGE / width, TALLEST / height, LARGEST_SCALE)
    if min(width, height) * scale < 1:
        return None
    try:
        bitmap = page.render(scale=scale, may_draw_forms=False)
    except pdfium.PdfiumError:
        return None
    try:
        return bitmap.to_pil().convert("RGB")
    finally:
        bitmap.close()


def headings_of(document: pdfium.PdfDocument) -> dict[int, str]:
    """By page the first entry of the outline that leads there."""
    found: dict[int, str] = {}
    try:
        for entry in document.get_toc(max_depth=4):
            number = page_of(entry)
            if number is not None:
                found.setdefault(number, entry.get_title())
            if len(found) > MOST_PAGES:
                break
    except pdfium.PdfiumError:
        pass
    return found


def page_of(entry: Any) -> int | None:
    destination = entry.get_dest()
    return destination.get_index() if destination else None
