"""The cells of a sheet from a stranger, CSV or XLSX: read row by row, and refused before they become too many."""

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from sessions.exchange.reading.refusals import RefusedSchedule, Remarks
from sessions.files.container import Allowance, Container
from sessions.files.refusals import RefusedFile
from sessions.files.xml_parts import EntityWatch

MOST_ROWS = 10_000
MOST_COLUMNS = 60
MOST_CELLS = 400_000
MOST_UNPACKED = 200 * 1024**2
MOST_ENTRIES = 2_000
LONGEST_CELL = 131_072
DELIMITERS = ";,\t|"
ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
BROKEN = (
    ValueError,
    KeyError,
    TypeError,
    IndexError,
    AttributeError,
    OSError,
    zipfile.BadZipFile,
    SyntaxError,
)


@dataclass
class Sheet:
    """Headers, and the rows below that hold anything, each with its number as the program that made it shows it."""

    headers: list[str] = field(default_factory=list)
    rows: list[tuple[int, list[Any]]] = field(default_factory=list)


def of_csv(data: bytes, remarks: Remarks) -> Sheet:
    text = decoded(data, remarks)
    if "\x00" in text:
        number = text.count("\n", 0, text.index("\x00")) + 1
        raise RefusedSchedule(_("this text contains a NUL character."), _("line %(line)s") % {"line": number})
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)

    def lines() -> Iterator[tuple[int, list[Any]]]:
        begins = 1
        try:
            for cells in reader:
                yield begins, cells
                begins = reader.line_num + 1
        except csv.Error as error:
            words = _("a quotation mark is not closed, or a cell is too long.")
            raise RefusedSchedule(words, _("line %(line)s") % {"line": begins}) from error

    return sheet_of(lines())


def decoded(data: bytes, remarks: Remarks) -> str:
    """UTF-8, UTF-16 with its mark, or the Windows encoding that spreadsheets write; anything else is refused."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return strictly(data, encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = strictly(data, "cp1252")
        remarks.add("", _("the file is not UTF-8 and is read as Windows text; look at the accents below."))
        return text


def strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeError as error:
        words = _("the text is in an encoding that is not known here. Save the sheet as “CSV UTF-8”.")
        raise RefusedSchedule(words) from error


def delimiter_of(text: str) -> str:
    """The sign that divides the first line most often, outside of quotation marks."""
    first = next((line for line in text[:LONGEST_CELL].splitlines() if line.strip()), "")
    bare = "".join(first.split('"')[::2])
    return max(DELIMITERS, key=bare.count)


def of_xlsx(data: bytes) -> Sheet:
    """The first sheet that holds anything; the package is checked before a program opens it."""
    check_package(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and the like, which nobody reads here
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            try:
                for page in book.worksheets:
                    page.reset_dimensions()  # what a sheet says of its own size is not believed
                    rows = page.iter_rows(max_col=MOST_COLUMNS, values_only=True)
                    sheet = sheet_of((number, unpadded(cells)) for number, cells in enumerate(rows, start=1))
                    if sheet.headers:
                        return sheet
            finally:
                book.close()
    except RefusedSchedule:
        raise
    except (*BROKEN, RecursionError, MemoryError) as error:
        raise RefusedSchedule(
            _("this workbook is damaged or is none. Save it again as .xlsx or as CSV.")
        ) from error
    raise RefusedSchedule(_("this file is empty."))


def unpadded(cells: Iterable[Any]) -> list[Any]:
    """Without the empty cells at its end, with which every line is made as long as it may be."""
    line = list(cells)
    while line and line[-1] is None:
        line.pop()
    return line


def check_package(data: bytes) -> None:
    """Every part is unpacked once and counted, and none brings entities of its own."""
    try:
        container = Container(io.BytesIO(data), Allowance(entries=MOST_ENTRIES, unpacked=MOST_UNPACKED))
        if "xl/workbook.xml" not in container:
            raise RefusedSchedule(_("this is a ZIP file, not a sheet."))
        for entry in container.entries:
            check_part(container.read(entry), entry.filename.lower())
    except RefusedFile as refusal:
        raise RefusedSchedule(str(refusal)) from refusal


def check_part(chunks: Iterable[bytes], name: str) -> None:
    """Rows and cells are counted before a parser, which is slower, sees them."""
    watch = EntityWatch(allow_doctype=False)
    rows = cells = 0
    for chunk in chunks:
        if name.endswith((".xml", ".rels")):
            watch.feed(chunk)
        if name.startswith("xl/worksheets/"):
            rows, cells = rows + len(ROW.findall(chunk)), cells + len(CELL.findall(chunk))
        if rows > MOST_ROWS + 1:
            raise RefusedSchedule(_("more than %(limit)s rows.") % {"limit": MOST_ROWS})
        if cells > MOST_CELLS:
            raise RefusedSchedule(_("more than %(limit)s cells.") % {"limit": MOST_CELLS})


def sheet_of(rows: Iterable[tuple[int, list[Any]]]) -> Sheet:
    """The first row that holds anything has the headers."""
    sheet = Sheet()
    for count, (number, cells) in enumerate(rows):
        if count > MOST_ROWS:
            raise RefusedSchedule(_("more than %(limit)s rows.") % {"limit": MOST_ROWS}, row_words(number))
        if len(cells) > MOST_COLUMNS:
            raise RefusedSchedule(
                _("more than %(limit)s columns.") % {"limit": MOST_COLUMNS}, row_words(number)
            )
        if not any(str(cell).strip() for cell in cells if cell is not None):
            continue
        if sheet.headers:
            sheet.rows.append((number, cells))
        else:
            sheet.headers = [" ".join(str(cell or "").split())[:120] for cell in cells]
    return sheet


def row_words(number: int) -> str:
    return _("row %(row)s") % {"row": number}
