"""Cells of a CSV file that a spreadsheet opens without running anything, and that read back identical."""

import csv
import io
import re
from collections.abc import Iterable, Iterator

BOM = "\ufeff"
# What makes a spreadsheet calculate, in plain and full width. Apostrophes before it count too, so that
# taking one away gives back exactly what was there.
TRIGGERS = "=+\\-@|%＝＋－＠｜％\t\r\n"
DANGEROUS = re.compile(f"'*[{TRIGGERS}]")
MARKED = re.compile(f"'+[{TRIGGERS}]")


def safe_cell(value: str) -> str:
    """The text with an apostrophe before it if a spreadsheet would take it for a formula."""
    return f"'{value}" if DANGEROUS.match(value) else value


def plain_cell(cell: str) -> str:
    """The text that `safe_cell` was given."""
    return cell[1:] if MARKED.match(cell) else cell


def write_csv(header: list[str], rows: Iterable[list[str]]) -> Iterator[str]:
    """Lines of a CSV file, one at a time: BOM, header, then the rows; every cell quoted and safe."""
    line = io.StringIO(newline="")
    writer = csv.writer(line, quoting=csv.QUOTE_ALL)
    yield BOM
    for row in [header], rows:
        for cells in row:
            writer.writerow([safe_cell(cell) for cell in cells])
            yield line.getvalue()
            line.seek(0)
            line.truncate()


def read_csv(text: str) -> list[list[str]]:
    """Rows of a file that `write_csv` wrote, header first, as they were before."""
    reader = csv.reader(io.StringIO(text.removeprefix(BOM), newline=""))
    return [[plain_cell(cell) for cell in row] for row in reader]
