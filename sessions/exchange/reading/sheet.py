"""The rows of a sheet as events, once it is known what each column means."""

import re
from collections.abc import Mapping
from datetime import tzinfo
from typing import Any

from django.utils.translation import gettext as _

from sessions.exchange.reading.cells import Sheet, row_words
from sessions.exchange.reading.facts import Day, Facts, Frame, event_of
from sessions.exchange.reading.frame import schedule_of
from sessions.exchange.reading.refusals import RefusedSchedule
from sessions.exchange.reading.texts import said
from sessions.exchange.schedule import Event, Schedule

NAME_AND_ADDRESS = re.compile(r"(.*?)\s*<([^<>@\s]+@[^<>@\s]+)>")


def read(sheet: Sheet, mapping: Mapping[int, str], *, zone: tzinfo, frame: Frame) -> Schedule:
    """One event a row; times are those on the clocks of the zone."""
    frame.zone = zone
    events: list[Event] = []
    for number, cells in sheet.rows:
        events.append(read_row(sheet, number, cells, mapping, frame))
    nothing = Facts({}, lambda name: name)
    return schedule_of(nothing, "", frame, [], [], events)


def read_row(sheet: Sheet, number: int, cells: list[Any], mapping: Mapping[int, str], frame: Frame) -> Event:
    values = {name: cells[place] for place, name in mapping.items() if place < len(cells)}
    headers = {name: sheet.headers[place] for place, name in mapping.items() if place < len(sheet.headers)}

    def where(name: str) -> str:
        header = headers.get(name)
        return f"{row_words(number)}, “{header}”" if header else row_words(number)

    if not str(values.get("title") or "").strip():
        raise RefusedSchedule(_("there is no title in this row."), where("title"))
    facts = Facts(values, where)
    facts.persons = [person(words, where) for words in parts(values.pop("persons", None), where("persons"))]
    addresses = re.split(r"[\s;|]+", said(values.pop("links", None), where("links")))
    facts.links = [Facts({"url": url}, lambda name: where("links")) for url in addresses if url]
    number_or_code = values.get("id")
    if number_or_code is not None and not str(number_or_code).strip().isdecimal():
        values["code"] = values.pop("id")
    return event_of(facts, frame, Day(), "")


def parts(value: Any, where: str) -> list[str]:
    """Names divided by lines or semicolons; by commas only where there is neither."""
    text = said(value, where)
    sign = next((sign for sign in "\n;|" if sign in text), ",")
    return [part.strip() for part in text.split(sign) if part.strip()]


def person(words: str, where: Any) -> Facts:
    found = NAME_AND_ADDRESS.fullmatch(words)
    values = {"name": found[1] or found[2], "email": found[2]} if found else {"name": words}
    return Facts(values, lambda name: where("persons"))
