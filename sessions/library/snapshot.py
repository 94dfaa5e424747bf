"""What a process remembers of the library: which entries there are, and which have which value of a facet.

Sets of entries are masks: whole numbers whose bit n stands for the entry at position n. Intersections and counts
of thousands of entries then take microseconds, and are the same on every database.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from sessions.library.asking import AGES
from sessions.library.contents import FOR_ALL
from sessions.models import Level, LibraryEntry, LibraryState, LibraryWord, Subject

FOR_ALL_OF = ("level", "subject", "age")  # an entry for all of them is found under each


@dataclass
class Snapshot:
    token: UUID | None = None
    keys: list[int] = field(default_factory=list)  # of the entries, by position
    years: list[int] = field(default_factory=list)
    open_pages: list[int] = field(default_factory=list)  # so many pages stand in `front`
    things: dict[str, dict[int, int]] = field(default_factory=dict)  # kind → key of the thing → position
    masks: dict[str, dict[str, int]] = field(default_factory=dict)  # facet → value → who has it

    @cached_property
    def position(self) -> dict[int, int]:
        return {key: position for position, key in enumerate(self.keys)}

    @cached_property
    def words(self) -> str:
        """Every word that everybody may read, each between two line breaks."""
        found = LibraryWord.objects.order_by("word").values_list("word", flat=True)
        return "\n" + "\n".join(found) + "\n"

    @cached_property
    def values_for_all(self) -> dict[str, set[str]]:
        """Each level, subject and age there is: what is for all of them is for these, and for nothing else."""
        slugs = {"level": Level.objects, "subject": Subject.objects}
        return {"age": set(AGES)} | {
            facet: set(rows.order_by().values_list("slug", flat=True)) for facet, rows in slugs.items()
        }

    @cached_property
    def everything(self) -> int:
        return (1 << len(self.keys)) - 1

    def mask(self, positions: Iterable[int]) -> int:
        bits = bytearray(len(self.keys) // 8 + 1)
        for position in positions:
            bits[position >> 3] |= 1 << (position & 7)
        return int.from_bytes(bits, "little")

    def mask_of_entries(self, keys: Iterable[int]) -> int:
        """An entry written since the snapshot was taken is not in it yet."""
        return self.mask(self.position[key] for key in keys if key in self.position)

    def of_kind(self, kind: str) -> int:
        return self.who_has("what", kind)

    def who_has(self, facet: str, value: str) -> int:
        found = self.masks.get(facet, {})
        is_for_all = facet in FOR_ALL_OF and value in self.values_for_all[facet]
        return found.get(value, 0) | (found.get(FOR_ALL, 0) if is_for_all else 0)


def positions(mask: int) -> list[int]:
    """The positions in a mask, lowest first."""
    found = []
    for byte_number, byte in enumerate(mask.to_bytes((mask.bit_length() + 7) // 8, "little")):
        if byte:
            found += [byte_number * 8 + bit for bit in range(8) if byte >> bit & 1]
    return found


kept = Snapshot()


def current() -> Snapshot:
    """The snapshot of this process, taken anew after a change of the library."""
    global kept
    token = LibraryState.objects.values_list("token", flat=True).first()
    if token is None or kept.token != token:
        kept = take(token)
    return kept


def take(token: UUID | None) -> Snapshot:
    columns = ["pk", "kind", "presentation", "session", "speaker", "publication"]
    columns += ["year", "open_pages", "facets"]
    taken = Snapshot(token, things={kind: {} for kind in LibraryEntry.Kind.values})
    having: dict[str, dict[str, list[int]]] = {}
    for position, row in enumerate(LibraryEntry.objects.order_by("pk").values_list(*columns)):
        taken.keys.append(row[0])
        taken.years.append(row[6])
        taken.open_pages.append(row[7])
        taken.things[row[1]][next(key for key in row[2:6] if key is not None)] = position
        for facet, values in row[8].items():
            for value in values:
                having.setdefault(facet, {}).setdefault(value, []).append(position)
    taken.masks = {
        facet: {value: taken.mask(found) for value, found in values.items()}
        for facet, values in having.items()
    }
    return taken
