"""A table as a file: CSV that runs nothing, XLSX in which every cell is a text."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from django.utils.translation import gettext_lazy as _

from conference.sheets.cells import write_csv

LONGEST_CELL = 32_767  # of the format; more would be left out without a word
ONLY_TEXTS = {
    "constant_memory": True,  # row by row, so that size costs no memory
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True)
class Form:
    words: Any
    content_type: str


FORMS = {
    "xlsx": Form(
        _("XLSX, for spreadsheets"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    ),
    "csv": Form(_("CSV, for other programmes"), "text/csv; charset=utf-8"),
}


def written(form: str, header: list[str], rows: Iterable[list[str]]) -> bytes:
    return as_xlsx(header, rows) if form == "xlsx" else "".join(write_csv(header, rows)).encode()


def as_xlsx(header: list[str], rows: Iterable[list[str]]) -> bytes:
    """Columns are formatted as text too: who edits a cell makes no formula of it."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, ONLY_TEXTS)
    plain, bold = book.add_format({"num_format": "@"}), book.add_format({"num_format": "@", "bold": True})
    sheet = book.add_worksheet()
    sheet.set_column(0, max(len(header) - 1, 0), 18, plain)
    sheet.freeze_panes(1, 0)
    write_row(sheet, 0, header, bold)
    for number, cells in enumerate(rows, start=1):
        write_row(sheet, number, cells, plain)
    book.close()
    return file.getvalue()


def write_row(sheet: Any, number: int, cells: list[str], look: Any) -> None:
    for column, text in enumerate(cells):
        sheet.write_string(number, column, in_a_cell(text), look)


def in_a_cell(text: str) -> str:
    """Line ends as the format has them, and no longer than it allows."""
    return text.replace("\r\n", "\n").replace("\r", "\n")[:LONGEST_CELL]
