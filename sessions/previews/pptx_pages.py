"""The text of each slide of a PPTX file, the speaker's notes apart, and the small picture that the file brings along."""

from collections.abc import Iterator
from posixpath import dirname, join, normpath
from xml.etree.ElementTree import Element

from sessions.files.accessible_ooxml import DRAWING, SLIDES, TITLES, read, slide_names, text_of
from sessions.files.container import Container
from sessions.previews.pages import MOST_PAGES, Page, read_page

FURNITURE = ("dt", "ftr", "hdr", "sldNum", "sldImg")  # dates and numbers that stand on every slide
THUMBNAILS = ("docprops/thumbnail.jpeg", "docprops/thumbnail.jpg", "docprops/thumbnail.png")
LARGEST_THUMBNAIL = 8 * 1024**2


def read_pages(container: Container) -> Iterator[Page]:
    """A hidden slide keeps its number and shows nothing, as its author wished."""
    for number, name in enumerate(slide_names(container)[:MOST_PAGES], start=1):
        slide = read(container, name)
        if slide.get("show") in ("0", "false"):
            yield Page(number, is_hidden=True)
        else:
            yield read_page(number, title_of(slide), lines_of(slide), notes_of(container, name))


def count_pages(container: Container) -> int:
    return len(slide_names(container)[:MOST_PAGES])


def thumbnail(container: Container) -> bytes:
    """As it lies in the file, of whatever kind; empty if there is none."""
    name = next((name for name in THUMBNAILS if name in container), "")
    return b"".join(container.read_named(name, LARGEST_THUMBNAIL)) if name else b""


def title_of(slide: Element) -> str:
    titles = (text_of(shape) for shape in slide.iter(f"{SLIDES}sp") if place_of(shape) in TITLES)
    return next((title for title in titles if title), "")


def place_of(shape: Element) -> str:
    place = shape.find(f"{SLIDES}nvSpPr/{SLIDES}nvPr/{SLIDES}ph")
    return "" if place is None else place.get("type", "obj")


def lines_of(slide: Element) -> Iterator[str]:
    """Paragraphs in the order of the file, also those in tables and groups."""
    skipped = {
        paragraph
        for shape in slide.iter(f"{SLIDES}sp")
        if place_of(shape) in FURNITURE
        for paragraph in shape.iter(f"{DRAWING}p")
    }
    for paragraph in slide.iter(f"{DRAWING}p"):
        if paragraph not in skipped:
            yield "".join(pieces_of(paragraph))


def pieces_of(paragraph: Element) -> Iterator[str]:
    for part in paragraph.iter():
        if part.tag == f"{DRAWING}t":
            yield part.text or ""
        elif part.tag == f"{DRAWING}br":
            yield "\n"


def notes_of(container: Container, slide_name: str) -> list[str]:
    """What the speaker wrote below the slide."""
    relations = join(dirname(slide_name), "_rels", f"{slide_name.rpartition('/')[2]}.rels")
    if relations not in container:
        return []
    for relation in read(container, relations):
        name = target_of(relation, slide_name)
        if relation.get("Type", "").endswith("/notesSlide") and name in container:
            bodies = (
                shape for shape in read(container, name).iter(f"{SLIDES}sp") if place_of(shape) == "body"
            )
            return [line for shape in bodies for line in lines_of(shape)]
    return []


def target_of(relation: Element, slide_name: str) -> str:
    target = relation.get("Target", "")
    return target.lstrip("/") if target.startswith("/") else normpath(join(dirname(slide_name), target))
