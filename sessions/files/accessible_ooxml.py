"""How accessible PPTX and DOCX files are: read part by part, without a program that would follow their links."""

from collections import Counter
from collections.abc import Iterator
from posixpath import join, normpath
from xml.etree.ElementTree import Element

from sessions.files.accessibility import Examined, examined, is_description, prevailing
from sessions.files.container import Container
from sessions.files.xml_parts import tree

MAX_PART = 32 * 1024**2
LONG_TEXT = 6000  # letters; whoever writes less needs no headings
SCHEMAS = "http://schemas.openxmlformats.org"
DRAWING, SLIDES = f"{{{SCHEMAS}/drawingml/2006/main}}", f"{{{SCHEMAS}/presentationml/2006/main}}"
WORDS, IN_TEXT = (
    f"{{{SCHEMAS}/wordprocessingml/2006/main}}",
    f"{{{SCHEMAS}/drawingml/2006/wordprocessingDrawing}}",
)
RELATION = f"{{{SCHEMAS}/officeDocument/2006/relationships}}id"
ELEMENTS = "{http://purl.org/dc/elements/1.1/}"
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
TITLES = ("title", "ctrTitle")
TABLE = f"{SCHEMAS}/drawingml/2006/table"


def examine_slides(container: Container) -> Examined:
    title, language = core_properties(container)
    languages: Counter[str] = Counter()
    without_title, without_words, without_text = [], [], []
    for number, name in enumerate(slide_names(container), start=1):
        slide = read(container, name)
        languages += languages_of(slide)
        if not has_title(slide):
            without_title.append(number)
        if any(not is_described(drawing) for drawing in drawings(slide)):
            without_words.append(number)
        if is_picture_only(slide):
            without_text.append(number)
    return examined(
        title,
        prevailing(languages) or language,
        text=without_text,
        alternatives=without_words,
        headings=without_title,
    )


def slide_names(container: Container) -> list[str]:
    """The parts of the slides in the order in which they are shown."""
    main = read(container, "ppt/presentation.xml")
    relations = read(container, "ppt/_rels/presentation.xml.rels")
    targets = {row.get("Id"): row.get("Target", "") for row in relations}
    wanted = [targets.get(row.get(RELATION), "") for row in main.iter(f"{SLIDES}sldId")]
    names = [
        target.lstrip("/") if target.startswith("/") else normpath(join("ppt", target)) for target in wanted
    ]
    return [name for name in names if name in container]


def has_title(slide: Element) -> bool:
    for shape in slide.iter(f"{SLIDES}sp"):
        place = shape.find(f"{SLIDES}nvSpPr/{SLIDES}nvPr/{SLIDES}ph")
        if place is not None and place.get("type") in TITLES and text_of(shape):
            return True
    return False


def drawings(slide: Element) -> Iterator[Element]:
    """What is seen and not read: pictures, charts and diagrams; a described group speaks for what is in it."""
    waiting = list(slide.iterfind(f"{SLIDES}cSld/{SLIDES}spTree/*"))
    while waiting:
        shape = waiting.pop()
        if shape.tag == f"{SLIDES}grpSp" and not is_described(shape):
            waiting += list(shape)
        elif shape.tag == f"{SLIDES}pic" or is_chart(shape):
            yield shape


def is_chart(shape: Element) -> bool:
    if shape.tag != f"{SLIDES}graphicFrame":
        return False
    data = shape.find(f"{DRAWING}graphic/{DRAWING}graphicData")
    return data is not None and data.get("uri") != TABLE


def is_described(shape: Element) -> bool:
    """By words of its own, or because it is said to be decoration."""
    about = shape.find(f"*/{SLIDES}cNvPr")
    return about is not None and speaks(about)


def speaks(about: Element) -> bool:
    if is_description(about.get("descr")):
        return True
    return any(mark.get("val") in ("1", "true") for mark in about.iter(DECORATIVE))


def is_picture_only(slide: Element) -> bool:
    return not text_of(slide) and any(True for _picture in slide.iter(f"{SLIDES}pic"))


def text_of(part: Element) -> str:
    return "".join(text.text or "" for text in part.iter(f"{DRAWING}t")).strip()


def languages_of(slide: Element) -> Counter[str]:
    """How many letters stand in each language."""
    found: Counter[str] = Counter()
    for run in slide.iter(f"{DRAWING}r"):
        about = run.find(f"{DRAWING}rPr")
        found[about.get("lang", "") if about is not None else ""] += len(run.findtext(f"{DRAWING}t") or "")
    return found


def examine_text(container: Container) -> Examined:
    title, language = core_properties(container)
    body = read(container, "word/document.xml")
    styles = read(container, "word/styles.xml") if "word/styles.xml" in container else None
    spoken = [part.get(f"{WORDS}val", "") for part in [*body.iter(f"{WORDS}lang")]]
    basic = styles.find(f".//{WORDS}lang") if styles is not None else None
    default = basic.get(f"{WORDS}val", "") if basic is not None else ""
    pictures = [about for about in body.iter(f"{IN_TEXT}docPr") if not speaks(about)]
    length = sum(len(text.text or "") for text in body.iter(f"{WORDS}t"))
    return examined(
        title,
        default or prevailing(Counter(spoken)) or language,
        alternatives=bool(pictures),
        headings=length > LONG_TEXT and not has_heading(body, styles),
    )


def has_heading(body: Element, styles: Element | None) -> bool:
    """A style is called “heading 1” inside, in whatever language the program speaks."""
    heading = {
        style.get(f"{WORDS}styleId")
        for style in (styles.iter(f"{WORDS}style") if styles is not None else ())
        if any(
            name.get(f"{WORDS}val", "").lower().startswith("heading") for name in style.iter(f"{WORDS}name")
        )
    }
    used = {style.get(f"{WORDS}val") for style in body.iter(f"{WORDS}pStyle")}
    return bool(used & heading) or any(True for _level in body.iter(f"{WORDS}outlineLvl"))


def core_properties(container: Container) -> tuple[str, str]:
    """What the file says of itself: title and language."""
    if "docProps/core.xml" not in container:
        return "", ""
    core = read(container, "docProps/core.xml")
    return core.findtext(f"{ELEMENTS}title") or "", core.findtext(f"{ELEMENTS}language") or ""


def read(container: Container, name: str) -> Element:
    return tree(container.read_named(name, MAX_PART))
