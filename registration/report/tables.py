"""Tables of a report, and which of their numbers are shown. Pure.

Method: primary suppression by a threshold (no number of people from 1 to 4), then secondary suppression wherever a hidden
number would follow from others by subtraction. Source: A. Hundepool and others, Statistical Disclosure Control (Wiley,
2012), chapter 4, on tables of counts. Here the second step is done in three ways:

* Categories that are too small go together with others (`registration.figures.hiding.merged`), so that the rows still add
  up to the total.
* Of a table whose rows each have a name, the total is hidden when the hidden rows could be computed from it
  (`total_of`): when there is one, or when their sum leaves each of them a single value.
* A number that is part of a known one is hidden when the rest would be small (`apart`).

A series' report is made only of what its editions' reports show. So nothing can be computed from both together.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from registration.figures.hiding import LEAST, Veiled, can_be_told, is_small

SMALL = Veiled(1, LEAST - 1)
Cell = int | Decimal | str | None  # None: hidden


@dataclass(frozen=True)
class Row:
    words: str
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Table:
    name: str
    heading: str
    columns: Sequence[str]  # the first is that of the words
    rows: Sequence[Row]
    total: Row | None = None
    note: str = ""


@dataclass(frozen=True)
class Report:
    title: str
    subtitle: str
    facts: Sequence[tuple[str, str]] = ()
    tables: Sequence[Table] = field(default_factory=list)


def people(count: int) -> int | None:
    return None if is_small(count) else count


def apart(count: int, *known: int | None) -> int | None:
    """A number of people, unless it is small or differs from one of these by a small number."""
    if is_small(count) or any(is_small(abs(other - count)) for other in known if other is not None):
        return None
    return count


def total_of(
    counts: Sequence[int], shown: Sequence[int | None], bounds: Sequence[Veiled] | None = None
) -> int | None:
    """The sum of a column, or None if what is hidden in it could then be told.

    `bounds`: between which numbers a reader knows each cell to be, should it be hidden; without them, from 1 to 4.
    """
    hidden = [place for place, cell in enumerate(shown) if cell is None]
    veiled = [bounds[place] if bounds else SMALL for place in hidden]
    if hidden and can_be_told(sum(counts[place] for place in hidden), veiled):
        return None
    return sum(counts)


def sum_of_shown(cells: Iterable[Cell]) -> Cell:
    """Of what is shown; nothing if nothing is."""
    numbers = [cell for cell in cells if isinstance(cell, int | Decimal)]
    return sum(numbers[1:], numbers[0]) if numbers else None
