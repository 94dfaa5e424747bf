"""A report as a sheet: a line for each number, so that every table fits into the same five columns."""

from django.utils.translation import gettext as _

from registration.report.tables import Cell, Report, Row, Table


def header() -> list[str]:
    return [_("Table"), _("Line"), _("What"), _("Value")]


def lines_of(report: Report) -> list[list[str]]:
    facts = [[report.title, label, "", value] for label, value in report.facts if value]
    return facts + [
        line for table in report.tables for row in rows_of(table) for line in row_lines(table, row)
    ]


def rows_of(table: Table) -> list[Row]:
    return [*table.rows, *([table.total] if table.total else [])]


def row_lines(table: Table, row: Row) -> list[list[str]]:
    pairs = zip(table.columns[1:], row.cells, strict=True)
    return [[table.heading, row.words, column, in_words(cell)] for column, cell in pairs if cell != ""]


def in_words(cell: Cell) -> str:
    return _("hidden") if cell is None else str(cell)
