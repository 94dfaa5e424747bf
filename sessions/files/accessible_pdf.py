"""How accessible a PDF is: its tags, title, language, text and descriptions of pictures. Only in a child process."""

import ctypes
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from sessions.files.accessibility import Examined, examined

MOST_ELEMENTS = 20_000  # of the tree of one page
DEEPEST = 60
LONGEST = 20_000  # bytes of a text we ask for


def examine_pdf_file(file: BinaryIO) -> Examined:
    file.seek(0)
    document = pdfium.PdfDocument(file)
    try:
        return examine_pdf(document)
    finally:
        document.close()


def examine_pdf(document: pdfium.PdfDocument) -> Examined:
    """Of a document that is open already."""
    is_tagged = bool(raw.FPDFCatalog_IsTagged(document))
    without_text, without_words = [], []
    for number in range(1, len(document) + 1):
        page = document[number - 1]
        try:
            if shows_something(page) and not has_text(page):
                without_text.append(number)
            if is_tagged and lacks_description(page):
                without_words.append(number)
        finally:
            page.close()
    return examined(
        document.get_metadata_value("Title"),
        read_utf16(lambda buffer, size: raw.FPDFCatalog_GetLanguage(document, buffer, size)),
        text=without_text,
        alternatives=without_words,
        tags=not is_tagged,
    )


def shows_something(page: pdfium.PdfPage) -> bool:
    return raw.FPDFPage_CountObjects(page) > 0


def has_text(page: pdfium.PdfPage) -> bool:
    text = page.get_textpage()
    try:
        return bool(text.get_text_range().strip())
    finally:
        text.close()


def lacks_description(page: pdfium.PdfPage) -> bool:
    tree = raw.FPDF_StructTree_GetForPage(page)
    if not tree:
        return False
    try:
        return any(is_bare_figure(element) for element in elements_of(tree))
    finally:
        raw.FPDF_StructTree_Close(tree)


def elements_of(tree: Any) -> Iterator[Any]:
    """All elements of the page, to a depth and number that no honest page reaches."""
    count = raw.FPDF_StructTree_CountChildren(tree)
    waiting = [
        (raw.FPDF_StructTree_GetChildAtIndex(tree, index), 0) for index in range(min(count, MOST_ELEMENTS))
    ]
    seen = 0
    while waiting and seen < MOST_ELEMENTS:
        element, depth = waiting.pop()
        if not element:
            continue
        seen += 1
        yield element
        children = raw.FPDF_StructElement_CountChildren(element) if depth < DEEPEST else 0
        waiting += [
            (raw.FPDF_StructElement_GetChildAtIndex(element, index), depth + 1)
            for index in range(min(children, MOST_ELEMENTS - seen))
        ]


def is_bare_figure(element: Any) -> bool:
    def said(ask: Callable[..., int]) -> str:
        return read_utf16(lambda buffer, size: ask(element, buffer, size))

    if said(raw.FPDF_StructElement_GetType) != "Figure":
        return False
    words = said(raw.FPDF_StructElement_GetAltText) or said(raw.FPDF_StructElement_GetActualText)
    return not words.strip()


def read_utf16(ask: Callable[[Any, int], int]) -> str:
    """What PDFium writes into a buffer whose length in bytes it tells first."""
    size = min(ask(None, 0), LONGEST)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    ask(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[:size].decode("utf-16-le", "replace").split("\0")[0]
