"""Arranges the slots of a day in the columns of rooms; knows nothing of the database.

In:  `Block(start, minutes, column, session, part_of)`: `start` in minutes after midnight on the clock of the edition;
     its end may be beyond 1440; `column`, `session` and `part_of` any hashable values.
Out: the same blocks with `lane` and `lanes` filled in: blocks of a column that share a moment stand side by side, each
     in one of `lanes` lanes. A part that lies wholly in a block of its session, in the same column, is `nested`: it is
     drawn upon that one and shares lanes only with what is nested there as well.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from sessions.exceptions import ScheduleRefused

HOUR = 60
USUAL = (9 * HOUR, 18 * HOUR)  # the hours that every day shows, so that there is room to move


@dataclass
class Block:
    start: int
    minutes: int
    column: Hashable
    session: Hashable = None
    part_of: Hashable = None
    lane: int = 0
    lanes: int = 1
    nested: bool = False

    @property
    def end(self) -> int:
        return self.start + self.minutes


def arrange(blocks: Iterable[Block]) -> None:
    """Fill in the lanes of one day."""
    groups: dict[Hashable, list[Block]] = defaultdict(list)
    found = list(blocks)
    for block in found:
        outer = around(block, found)
        block.nested = outer is not None
        groups[(block.column, id(outer) if outer else None)].append(block)
    for group in groups.values():
        for cluster in clusters(group):
            fill_lanes(cluster)


def around(part: Block, blocks: list[Block]) -> Block | None:
    """The block of its session in which a part lies."""
    if part.part_of is None:
        return None
    outer = (b for b in blocks if b.session == part.part_of and b.column == part.column)
    return next((b for b in outer if b.start <= part.start and part.end <= b.end), None)


def clusters(blocks: list[Block]) -> list[list[Block]]:
    """Blocks in order of time, cut wherever nothing goes on."""
    found: list[list[Block]] = []
    end = None
    for block in sorted(blocks, key=lambda block: (block.start, -block.end)):
        if end is None or block.start >= end:
            found.append([])
            end = block.end
        found[-1].append(block)
        end = max(end, block.end)
    return found


def fill_lanes(cluster: list[Block]) -> None:
    ends: list[int] = []
    for block in cluster:
        free = next((lane for lane, end in enumerate(ends) if end <= block.start), len(ends))
        ends[free:] = [block.end, *ends[free + 1 :]]
        block.lane = free
    for block in cluster:
        block.lanes = len(ends)


def hours_of(blocks: Iterable[Block]) -> tuple[int, int]:
    """From where to where the grid goes: a usual day and all there is, with a free hour at both ends."""
    found = list(blocks)
    first = min([USUAL[0], *(block.start for block in found)])
    last = max([USUAL[1], *(block.end for block in found)])
    return max(0, first // HOUR * HOUR - HOUR), -(-last // HOUR) * HOUR + HOUR


def clock_of(at: datetime, zone: ZoneInfo) -> tuple[date, int]:
    """The day of a moment where the edition is, and the minutes that the clock there shows."""
    local = at.astimezone(zone)
    return local.date(), local.hour * HOUR + local.minute


def moment_of(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment at which the clock of the edition shows this; the first one where it shows it twice."""
    moment = datetime.combine(day, at, zone).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != datetime.combine(day, at):
        raise ScheduleRefused(
            _("At %(time)s the clock is put forward that day, so that time does not exist.")
            % {"time": f"{at:%H:%M}"}
        )
    return moment
