"""Real documents for the demonstration, made here and the same every time."""

import json
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from sessions.files.packages import without_times
from sessions.files.slides import plain, spread
from sessions.files.xml_documents import make_docx, make_odp, make_odt

__all__ = ["make_docx", "make_odp", "make_odt", "make_pdf", "make_pptx"]

TEMPLATE = Path(__file__).with_name("documents.typ")


def make_pdf(title: str, lines: Sequence[str], *, pages: int = 3, lang: str = "en") -> bytes:
    """Landscape slides; the lines are spread over the pages."""
    import typst  # half the import time of this package, and only the demonstration needs it

    slides = [{"title": heading, "lines": part} for heading, part in spread(title, lines, pages)]
    deck = {"title": plain(title), "lang": lang.split("-")[0], "slides": slides}
    return typst.compile(
        TEMPLATE.read_bytes(),
        sys_inputs={"deck": json.dumps(deck)},
        ignore_system_fonts=True,
        format="pdf",
    )


def make_pptx(title: str, lines: Sequence[str], *, slides: int = 3, lang: str = "en") -> bytes:
    """A presentation with real titles and lists, so that it can be read aloud."""
    from pptx import Presentation
    from pptx.util import Cm

    deck = Presentation()
    deck.slide_width, deck.slide_height = Cm(33.87), Cm(19.05)
    for heading, part in spread(title, lines, slides):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        body = slide.placeholders[1]
        _place(slide.shapes.title, top=Cm(1), height=Cm(3.5))
        _place(body, top=Cm(5), height=Cm(12.5))
        slide.shapes.title.text_frame.text = heading
        body.text_frame.text = "\n".join(part)
    deck.core_properties.title = plain(title)
    deck.core_properties.author = ""
    deck.core_properties.language = lang
    target = BytesIO()
    deck.save(target)
    return without_times(target.getvalue())


def _place(shape, *, top: int, height: int) -> None:
    from pptx.util import Cm

    shape.left, shape.width = Cm(2), Cm(29.87)
    shape.top, shape.height = top, height
