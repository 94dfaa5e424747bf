"""A file of unknown format: recognised by its content and read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo

from django.utils.translation import gettext as _

from sessions.exchange.reading import cells, columns, frab_json, frab_xml, sheet
from sessions.exchange.reading.facts import Frame
from sessions.exchange.reading.refusals import RefusedSchedule, Remarks
from sessions.exchange.schedule import Schedule
from sessions.files.container import MAGIC

MEGABYTE = 1024**2
MAX_BYTES = 20 * MEGABYTE
SHEETS = ("xlsx", "csv")


@dataclass(frozen=True)
class Reading:
    """What a file says, and what was odd in it."""

    schedule: Schedule
    remarks: Remarks
    format: str


def format_of(data: bytes) -> str:
    """One of xml, json, xlsx and csv, by the first bytes; raises RefusedSchedule for what is none of them."""
    if len(data) > MAX_BYTES:
        limit = {"limit": MAX_BYTES // MEGABYTE}
        raise RefusedSchedule(_("the file is larger than %(limit)s MB.") % limit)
    if data.startswith(MAGIC):
        return "xlsx"
    head = data[:400].replace(b"\x00", b"").removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe \t\r\n")
    if not head:
        raise RefusedSchedule(_("this file is empty."))
    if head.startswith((b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"GIF8", b"\x1f\x8b", b"BEGIN:VCALENDAR")):
        raise RefusedSchedule(_("this is neither frab XML or JSON nor a sheet (XLSX or CSV)."))
    return {b"<": "xml", b"{": "json", b"[": "json"}.get(head[:1], "csv")


def sheet_in(data: bytes, remarks: Remarks | None = None) -> cells.Sheet:
    """The cells of a sheet, for choosing what its columns are."""
    found = cells.of_xlsx(data) if format_of(data) == "xlsx" else cells.of_csv(data, remarks or Remarks())
    if not found.headers:
        raise RefusedSchedule(_("this file is empty."))
    return found


def read(data: bytes, *, zone: tzinfo, mapping: Mapping[int, str] | None = None) -> Reading:
    """The schedule in this file; a sheet needs the meaning of its columns by place, else it is guessed."""
    kind = format_of(data)
    frame = Frame(zone)
    if kind not in SHEETS:
        reader = frab_xml if kind == "xml" else frab_json
        found = reader.read(data, zone=zone, frame=frame)
    else:
        rows = sheet_in(data, frame.remarks)
        mapping = columns.guessed(rows.headers) if mapping is None else mapping
        if not columns.is_complete(mapping):
            raise RefusedSchedule(
                _("say which column is the title, and give each meaning to one column only.")
            )
        found = sheet.read(rows, mapping, zone=zone, frame=frame)
    if not found.events:
        raise RefusedSchedule(_("there is no event in this file."))
    return Reading(found, frame.remarks, kind)
