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

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import groupby
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
    in_rooms = [cell for column in blocks.values() for cell in column]
    beside = [cell for cell in across if any(overlap(cell, other) for other in in_rooms)]
    if beside or not blocks:
        blocks[None] = beside
    spanning = [cell for cell in across if cell not in beside]
    for cell in spanning:
        cell.columns = len(blocks)
    rows = [
        Row(starts_at.astimezone(zone), cells_of(number, blocks, spanning))
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
        first = moments.index(moment(item.starts_at))
        last = sum(at < moment(item.ends_at) for at in moments)
        if cells and first < cells[-1].last:
            cells[-1].items.append(item)
            cells[-1].last = max(cells[-1].last, last)
        else:
            cells.append(Cell([item], first, last))
    return cells


def overlap(one: Cell, other: Cell) -> bool:
    return one.first < other.last and other.first < one.last


def cells_of(number: int, blocks: dict[Hashable | None, list[Cell]], spanning: list[Cell]) -> list[Cell]:
    """What a row of the table writes down: cells that begin here, and an empty one where nothing is."""
    if covering := covers(number, spanning):
        return [covering] if covering.first == number else []
    cells = []
    for column in blocks.values():
        cell = covers(number, column)
        if cell is None:
            cells.append(Cell(first=number, last=number + 1))
        elif cell.first == number:
            cells.append(cell)
    return cells


def covers(number: int, cells: list[Cell]) -> Cell | None:
    return next((cell for cell in cells if cell.first <= number < cell.last), None)


def name_zones(rows: list[Row]) -> None:
    clocks = [row.starts_at.strftime("%H:%M") for row in rows]
    for row, clock in zip(rows, clocks, strict=True):
        if clocks.count(clock) > 1:
            row.zone = row.starts_at.tzname() or ""
