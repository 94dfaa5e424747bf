"""How far a viewer sees into the entries that matter for a question, learned as they are needed."""

import functools
import operator
from collections.abc import Iterable
from datetime import datetime

from conference.viewer import Viewer
from sessions.library.matching import Matches
from sessions.library.seeing import SEEN
from sessions.library.snapshot import Snapshot, positions
from sessions.models import LibraryEntry

FEW = 400  # entries that are asked for by their keys; with more of them the database is asked for all


class Sight:
    """Masks of what this viewer may know of (`visible`), read before the gate (`front`) and behind it (`whole`)."""

    def __init__(self, snapshot: Snapshot, viewer: Viewer, at: datetime) -> None:
        self.snapshot, self.viewer, self.at = snapshot, viewer, at
        self.learned = self.visible = self.front = self.whole = 0
        self.pages_open: dict[int, int | None] = {}  # by position

    def learn(self, mask: int) -> None:
        """Ask about the entries in the mask that were not asked about yet."""
        new = mask & ~self.learned
        if not new:
            return
        few = new.bit_count() <= FEW
        for kind, positions_of in self.snapshot.things.items():
            wanted = new & self.snapshot.of_kind(kind)
            if wanted:
                self._learn_kind(kind, positions_of, wanted if few else None)
        self.learned = self.learned | new if few else self.snapshot.everything

    def _learn_kind(self, kind: str, positions_of: dict[int, int], wanted: int | None) -> None:
        keys = None
        if wanted is not None:
            chosen = set(positions(wanted))
            keys = [key for key, position in positions_of.items() if position in chosen]
        found = SEEN[LibraryEntry.Kind(kind)](self.viewer, self.at, keys)
        seen = {positions_of[key]: pages for key, pages in found.items() if key in positions_of}
        self.pages_open.update(seen)
        stored, mask = self.snapshot.open_pages, self.snapshot.mask
        self.visible |= mask(seen)
        self.whole |= mask(position for position, pages in seen.items() if pages is None)
        # Pages that were open when they were written down may be behind the gate by now.
        self.front |= mask(p for p, pages in seen.items() if pages is None or stored[p] <= pages)

    def learn_of(self, found: Iterable[Matches]) -> None:
        self.learn(functools.reduce(operator.or_, (mask for matches in found for mask in matches), 0))

    def of(self, matches: Matches) -> int:
        """The entries where this viewer may know that the word stands there."""
        self.learn_of([matches])
        found = matches.title | matches.words | matches.front & self.front | matches.rest & self.whole
        return found & self.visible
