"""A report as a tagged PDF (PDF/UA-1), set in a child process; few at once, since each takes a second or two."""

import threading
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from conference.dates import date_format
from conference.typesetting import TypesettingFailed, typeset
from registration.figures.hiding import LEAST
from registration.report.sheets import in_words
from registration.report.tables import Report, Row

TEMPLATE = Path(__file__).with_name("report.typ")
SECONDS = 30
AT_ONCE = threading.BoundedSemaphore(1)


class Busy(Exception):  # noqa: N818 - what the organiser is told
    """Another is being made at this moment, or it could not be made."""


def pdf_of(report: Report, *, hue: int) -> bytes:
    """In the language of the page; raises Busy."""
    if not AT_ONCE.acquire(blocking=False):
        raise Busy
    try:
        return typeset(TEMPLATE, data_of(report, hue), seconds=SECONDS)
    except TypesettingFailed as failure:
        raise Busy from failure
    finally:
        AT_ONCE.release()


def data_of(report: Report, hue: int) -> dict[str, Any]:
    return {
        "lang": (get_language() or settings.LANGUAGE_CODE).split("-")[0],
        "hue": hue,
        "lacks_glyphs": False,
        "title": one_line(report.title),
        "subtitle": report.subtitle,
        "made": _("Made on %(day)s") % {"day": date_format(localdate(), "DATE_FORMAT")},
        "hiding": hiding_words(),
        "facts": [[label, one_line(value)] for label, value in report.facts if value],
        "tables": [
            {
                "heading": table.heading,
                "note": table.note,
                "columns": list(table.columns),
                "rows": [cells_of(row) for row in table.rows],
                "total": cells_of(table.total) if table.total else [],
                "numbers": table.name != "outcomes",
            }
            for table in report.tables
        ],
    }


def hiding_words() -> str:
    return _(
        "Numbers of people under %(least)s are hidden, and those from which such a number could be computed. What is too "
        "small stands together with others."
    ) % {"least": LEAST}


def cells_of(row: Row) -> list[str]:
    return [one_line(row.words), *(one_line(in_words(cell)) for cell in row.cells)]


def one_line(words: str) -> str:
    return " ".join(words.split())
