"""The text of each slide of an ODP file, the speaker's notes apart, and the small picture that the file brings along."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from sessions.files.accessible_odf import DRAW, OFFICE, SHOW, STYLE, TEXT, read, shown, text_of
from sessions.files.container import Container
from sessions.previews.pages import MOST_PAGES, Page, read_page

THUMBNAIL = "Thumbnails/thumbnail.png"
LARGEST_THUMBNAIL = 8 * 1024**2
PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")


def read_pages(container: Container) -> Iterator[Page]:
    """A hidden slide keeps its number and shows nothing, as its author wished."""
    content = read(container, "content.xml")
    hidden = hidden_styles(content)
    for number, page in enumerate(pages_in(content), start=1):
        if page.get(f"{DRAW}style-name") in hidden:
            yield Page(number, is_hidden=True)
            continue
        notes = page.find(f"{SHOW}notes")
        spoken = [] if notes is None else lines_of(notes)
        yield read_page(number, title_of(page), lines_of(page), spoken)


def count_pages(container: Container) -> int:
    return len(pages_in(read(container, "content.xml")))


def thumbnail(container: Container) -> bytes:
    if THUMBNAIL not in container:
        return b""
    return b"".join(container.read_named(THUMBNAIL, LARGEST_THUMBNAIL))


def pages_in(content: Element) -> list[Element]:
    return content.findall(f"{OFFICE}body/{OFFICE}presentation/{DRAW}page")[:MOST_PAGES]


def hidden_styles(content: Element) -> set[str]:
    return {
        style.get(f"{STYLE}name", "")
        for style in content.iter(f"{STYLE}style")
        for page in style.iter(f"{STYLE}drawing-page-properties")
        if page.get(f"{SHOW}visibility") == "hidden"
    }


def title_of(page: Element) -> str:
    titles = (text_of(part) for part in shown(page) if part.get(f"{SHOW}class") == "title")
    return next((title for title in titles if title), "")


def lines_of(part: Element) -> Iterator[str]:
    """Paragraphs outside notes; of the notes themselves when they are asked for."""
    for child in part:
        if child.tag in PARAGRAPHS:
            yield "".join(pieces_of(child))
        elif child.tag != f"{SHOW}notes":
            yield from lines_of(child)


def pieces_of(part: Element) -> Iterator[str]:
    """Letters, and the spaces and breaks that stand as elements between them."""
    yield part.text or ""
    for child in part:
        if child.tag == f"{TEXT}line-break":
            yield "\n"
        elif child.tag in (f"{TEXT}s", f"{TEXT}tab"):
            yield " "
        else:
            yield from pieces_of(child)
        yield child.tail or ""
