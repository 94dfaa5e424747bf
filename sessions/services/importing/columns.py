"""What an organiser said of a sheet's columns is offered again for the next list of that kind in that edition."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from conference.models import Edition
from sessions.models import ColumnMemory

LONGEST_HEADING = 200


def offered(
    edition: Edition, kind: str, headers: Sequence[str], guess: Mapping[int, str], known: Collection[str]
) -> dict[int, str]:
    """For each column what it meant last time, else what its heading says; no meaning twice."""
    memory = ColumnMemory.objects.filter(edition=edition, kind=kind).first()
    said: dict[str, str] = memory.columns if memory else {}
    found: dict[int, str] = {}
    for place, heading in enumerate(headings(headers)):
        meaning = said.get(heading, "")
        if meaning in known and meaning not in found.values():
            found[place] = meaning
    for place, heading in enumerate(headings(headers)):
        meaning = guess.get(place, "")
        if heading not in said and meaning and meaning not in found.values():
            found[place] = meaning
    return found


def remember(edition: Edition, kind: str, headers: Sequence[str], mapping: Mapping[int, str]) -> None:
    """The headings and their meanings only, never a cell."""
    columns = {heading: mapping.get(place, "") for place, heading in enumerate(headings(headers))}
    ColumnMemory.objects.update_or_create(edition=edition, kind=kind, defaults={"columns": columns})


def headings(headers: Sequence[str]) -> list[str]:
    """Without case; of two that are the same, the second has another name."""
    seen: Counter[str] = Counter()
    found = []
    for header in headers:
        words = " ".join(header.casefold().split())[:LONGEST_HEADING]
        seen[words] += 1
        found.append(words if seen[words] == 1 else f"{words} {seen[words]}")
    return found
