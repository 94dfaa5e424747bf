"""Badges as PDF, in portions so that their progress shows, and the first of them as a picture."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from django.utils.translation import get_language

from conference.models import Edition
from conference.templatetags.texts import shown
from conference.typesetting import typeset, typeset_each
from registration.badges.designs import DESIGNS, Design
from registration.badges.people import Bearer, Choice
from registration.badges.words import breakable

TEMPLATE = Path(__file__).with_name("badges.typ")
PORTION = 240  # badges in one go; about a second
SECONDS = 60  # for one portion
LACKING = "lacks-glyphs"
Step = Callable[[int, int], None]


def pdf_of(
    edition: Edition, choice: Choice, bearers: list[Bearer], step: Step = lambda done, total: None
) -> tuple[bytes, bool]:
    """The file, and whether some letter in it has no shape and stands as a white square."""
    design = DESIGNS[choice.design]
    portion = max(1, PORTION // design.on_a_sheet) * design.on_a_sheet
    whole, is_lacking = pdfium.PdfDocument.new(), False
    for start in range(0, len(bearers), portion):
        some = bearers[start : start + portion]
        part = pdfium.PdfDocument(typeset(TEMPLATE, data_of(edition, choice, design, some), seconds=SECONDS))
        is_lacking = is_lacking or LACKING in part.get_metadata_value("Keywords")
        whole.import_pages(part)
        part.close()
        step(start + len(some), len(bearers))
    file = io.BytesIO()
    whole.save(file)
    whole.close()
    return file.getvalue(), is_lacking


def preview_of(edition: Edition, choice: Choice, bearers: list[Bearer]) -> bytes:
    """The first sheet, as a picture."""
    design = DESIGNS[choice.design].for_preview()
    data = data_of(edition, choice, design, bearers[: design.on_a_sheet])
    return typeset_each(TEMPLATE, [data], standard=None, seconds=20, picture=True)[0]


def data_of(edition: Edition, choice: Choice, design: Design, bearers: list[Bearer]) -> dict[str, Any]:
    return {
        "title": breakable(shown(edition, "short_title")[0]),
        "lang": get_language() or "en",
        "hue": edition.accent_hue,
        "look": choice.look,
        "sheet": design.as_data(),
        "people": [bearer.as_data() for bearer in bearers],
    }
