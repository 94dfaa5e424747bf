"""Arranges timed items by day, time and room, as rows and cells of a table; knows nothing of the database.

In:  `Item(starts_at, ends_at, room, what)` with aware datetimes, `ends_at` after `starts_at`; `room` is any
     hashable value, `None` means the whole venue; `what` is handed through untouched.
Out: a list of `Day`, each with the columns in use and its `Row`s. A row begins at each moment when something
     begins; its cells follow the columns from left to right, and those that a longer cell covers are left out.

An item stands on the day on which it begins where the edition is, also when it lasts past midnight. Items that
share a room and a row share a cell. An item without a room goes across all columns, unless something in a room
runs beside it: then it stands in a last column of its own, `None`. Moments are compared in UTC, so that the hour
that comes twice when summer ends gives two rows; these are then told apart by `Row.zone`.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import accumulate, groupby
from typing import Any
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Item:
    starts_at: datetime
    ends_at: datetime
    room: Hashable | None
    what: Any


@dataclass
class Cell:
    """What stands in one or more rows and columns; empty where nothing happens."""

    items: list[Item] = field(default_factory=list)
    first: int = 0  # number of its first row
    last: int = 0  # number of the first row after it
    columns: int = 1

    @property
    def rows(self) -> int:
        return self.last - self.first


@dataclass
class Row:
    starts_at: datetime  # local
    cells: list[Cell] = field(default_factory=list)
    zone: str = ""  # its abbreviation, only where the clock shows the same time twice that day


@dataclass
class Day:
    date: date
    columns: list[Hashable | None]
    rows: list[Row]


def arrange(items: Iterable[Item], *, zone: ZoneInfo, rooms: Sequence[Hashable] = ()) -> list[Day]:
    """The days of a timetable in order; `rooms` gives the order of the columns, other rooms follow."""

    def day_of(item: Item) -> date:
        return item.starts_at.astimezone(zone).date()

    in_order = sorted(items, key=lambda item: (moment(item.starts_at), moment(item.ends_at)))
    return [arrange_day(day, list(found), zone, rooms) for day, found in groupby(in_order, day_of)]


def arrange_day(day: date, items: list[Item], zone: ZoneInfo, rooms: Sequence[Hashable]) -> Day:
    moments = sorted({moment(item.starts_at) for item in items})
    blocks = {room: stacked(found, moments) for room, found in by_room(items, rooms).items()}
    across = blocks.pop(None, [])
    beside, spanning = apart(across, [cell for column in blocks.values() for cell in column], len(moments))
    if beside or not blocks:
        blocks[None] = beside
    for cell in spanning:
        cell.columns = len(blocks)
    columns = [spread(column, len(moments)) for column in blocks.values()]
    covering = spread(spanning, len(moments))
    rows = [
        Row(starts_at.astimezone(zone), cells_of(number, columns, covering))
        for number, starts_at in enumerate(moments)
    ]
    name_zones(rows)
    return Day(day, list(blocks), rows)


def moment(at: datetime) -> datetime:
    """Datetimes of the same zone compare by what the clock shows, which is wrong when it is put back."""
    return at.astimezone(UTC)


def by_room(items: list[Item], rooms: Sequence[Hashable]) -> dict[Hashable | None, list[Item]]:
    found = defaultdict(list)
    for item in items:
        found[item.room].append(item)
    order = {room: number for number, room in enumerate(rooms)}
    return dict(sorted(found.items(), key=lambda pair: order.get(pair[0], len(order))))


def stacked(items: list[Item], moments: list[datetime]) -> list[Cell]:
    """The cells of one column: items that share a row share a cell."""
    cells: list[Cell] = []
    for item in items:
        first = bisect_left(moments, moment(item.starts_at))
        last = bisect_left(moments, moment(item.ends_at))
        if cells and first < cells[-1].last:
            cells[-1].items.append(item)
            cells[-1].last = max(cells[-1].last, last)
        else:
            cells.append(Cell([item], first, last))
    return cells


def apart(across: list[Cell], in_rooms: list[Cell], rows: int) -> tuple[list[Cell], list[Cell]]:
    """Cells of the whole venue: those that share a row with something in a room, and the others."""
    is_used = [0] * rows
    for cell in in_rooms:
        is_used[cell.first : cell.last] = [1] * cell.rows
    used = [0, *accumulate(is_used)]  # rows in use before this one
    beside, spanning = [], []
    for cell in across:
        (beside if used[cell.last] > used[cell.first] else spanning).append(cell)
    return beside, spanning


def spread(cells: list[Cell], rows: int) -> list[Cell | None]:
    """For each row of one column the cell that covers it."""
    found: list[Cell | None] = [None] * rows
    for cell in cells:
        found[cell.first : cell.last] = [cell] * cell.rows
    return found


def cells_of(number: int, columns: list[list[Cell | None]], covering: list[Cell | None]) -> list[Cell]:
    """What a row of the table writes down: cells that begin here, and an empty one where nothing is."""
    if across := covering[number]:
        return [across] if across.first == number else []
    cells = []
    for column in columns:
        cell = column[number]
        if cell is None:
            cells.append(Cell(first=number, last=number + 1))
        elif cell.first == number:
            cells.append(cell)
    return cells


def name_zones(rows: list[Row]) -> None:
    clocks = [row.starts_at.strftime("%H:%M") for row in rows]
    often = Counter(clocks)
    for row, clock in zip(rows, clocks, strict=True):
        if often[clock] > 1:
            row.zone = row.starts_at.tzname() or ""
