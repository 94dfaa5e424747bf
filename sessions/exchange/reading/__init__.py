"""Read a timetable from a file of another house: its format is recognised by its content, never by its name.

Pure: no models, no requests. Every refusal is a `RefusedSchedule` in words, with the line or path.
"""

from sessions.exchange.reading.cells import Sheet
from sessions.exchange.reading.columns import COLUMNS, by_words, guessed, is_complete
from sessions.exchange.reading.files import MAX_BYTES, SHEETS, Reading, format_of, read, sheet_in
from sessions.exchange.reading.refusals import RefusedSchedule, Remark, Remarks

__all__ = [
    "COLUMNS",
    "MAX_BYTES",
    "SHEETS",
    "Reading",
    "RefusedSchedule",
    "Remark",
    "Remarks",
    "Sheet",
    "by_words",
    "format_of",
    "guessed",
    "is_complete",
    "read",
    "sheet_in",
]
