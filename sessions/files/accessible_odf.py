"""How accessible ODP and ODT files are."""

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from sessions.files.accessibility import Examined, examined, is_description, prevailing
from sessions.files.container import Container
from sessions.files.xml_parts import tree

MAX_PART = 64 * 1024**2
LONG_TEXT = 6000
OASIS = "{urn:oasis:names:tc:opendocument:xmlns:"
DRAW, OFFICE, TEXT = f"{OASIS}drawing:1.0}}", f"{OASIS}office:1.0}}", f"{OASIS}text:1.0}}"
SHOW, STYLE, FO = f"{OASIS}presentation:1.0}}", f"{OASIS}style:1.0}}", f"{OASIS}xsl-fo-compatible:1.0}}"
SVG = f"{OASIS}svg-compatible:1.0}}"
ELEMENTS = "{http://purl.org/dc/elements/1.1/}"


def examine_slides(container: Container) -> Examined:
    content = read(container, "content.xml")
    without_title, without_words, without_text = [], [], []
    for number, page in enumerate(content.iterfind(f"{OFFICE}body/{OFFICE}presentation/{DRAW}page"), start=1):
        if not any(frame.get(f"{SHOW}class") == "title" and text_of(frame) for frame in shown(page)):
            without_title.append(number)
        pictures = [part for part in shown(page) if is_picture(part)]
        if any(not is_described(picture) for picture in pictures):
            without_words.append(number)
        if pictures and not any(text_of(part) for part in shown(page)):
            without_text.append(number)
    return examined(
        *said(container, content),
        text=without_text,
        alternatives=without_words,
        headings=without_title,
    )


def examine_text(container: Container) -> Examined:
    content = read(container, "content.xml")
    body = content.find(f"{OFFICE}body")
    parts = list(shown(body)) if body is not None else []
    has_heading = any(part.tag == f"{TEXT}h" for part in parts)
    length = sum(len(text_of(part)) for part in parts if part.tag == f"{TEXT}p")
    return examined(
        *said(container, content),
        alternatives=any(is_picture(part) and not is_described(part) for part in parts),
        headings=length > LONG_TEXT and not has_heading,
    )


def shown(page: Element) -> Iterator[Element]:
    """Everything on the page but the speaker's notes; what a described group holds is spoken for."""
    for part in page:
        if part.tag == f"{SHOW}notes":
            continue
        yield part
        if not (part.tag == f"{DRAW}g" and is_described(part)):
            yield from shown(part)


def is_picture(part: Element) -> bool:
    """A frame with a picture, chart or other object; a table or a text may have a picture of itself beside it."""
    if part.tag != f"{DRAW}frame":
        return False
    first = next((child.tag for child in part if child.tag.startswith((DRAW, OASIS + "table"))), "")
    return first in (f"{DRAW}image", f"{DRAW}object", f"{DRAW}object-ole", f"{DRAW}plugin")


def is_described(part: Element) -> bool:
    return any(is_description(part.findtext(f"{SVG}{name}")) for name in ("title", "desc"))


def text_of(part: Element) -> str:
    """What is read on the page; the description of a picture is not."""
    paragraphs = [part.iter(f"{TEXT}{name}") for name in ("p", "h")]
    return " ".join("".join(row.itertext()) for rows in paragraphs for row in rows).strip()


def said(container: Container, content: Element) -> tuple[str, str]:
    """The title and the language that the file gives itself."""
    meta = read(container, "meta.xml") if "meta.xml" in container else None
    title = meta.findtext(f".//{ELEMENTS}title") if meta is not None else ""
    language = meta.findtext(f".//{ELEMENTS}language") if meta is not None else ""
    if not language:
        styles = read(container, "styles.xml") if "styles.xml" in container else content
        spoken = Counter(style.get(f"{FO}language", "") for style in styles.iter(f"{STYLE}text-properties"))
        language = prevailing(spoken)
    return title or "", language or ""


def read(container: Container, name: str) -> Element:
    return tree(container.read_named(name, MAX_PART), allow_doctype=True)
