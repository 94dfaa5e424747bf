"""Which events of a file are times of the same session, and which session of the edition each of them is."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.text import slugify

from sessions.exchange.schedule import Event
from sessions.models import Session
from sessions.services.importing.loading import Existing, derived


@dataclass
class Group:
    """The events of one session; the first says what the session is."""

    events: list[Event] = field(default_factory=list)
    guid: UUID | None = None  # of the session, where it is new
    row: Session | None = None

    @property
    def event(self) -> Event:
        return self.events[0]


def grouped(events: Iterable[Event]) -> list[Group]:
    """Events with the same guid, code, number and address, or an address made from another's, belong together."""
    groups: list[Group] = []
    known: dict[tuple[object, ...], Group] = {}
    for event in events:
        keys = keys_of(event)
        group = next((known[key] for key in keys if key in known), None)
        if group is None:
            group = Group()
            groups.append(group)
        group.events.append(event)
        for key in (*keys, ("address", event.slug, event.title)):
            known.setdefault(key, group)
    return groups


def keys_of(event: Event) -> list[tuple[object, ...]]:
    keys: list[tuple[object, ...]] = [("guid", event.guid)] if event.guid else []
    if event.code:
        keys.append(("code", event.code, event.title))
    if event.id and event.slug:
        keys.append(("number", event.id, event.slug, event.title))
    if event.guid and event.slug.endswith(
        ending := f"-{event.guid[:8]}"
    ):  # as this site writes a further time
        keys.append(("address", event.slug.removesuffix(ending), event.title))
    return keys


def find_rows(groups: list[Group], existing: Existing) -> None:
    """Give each group its session: first by guid, also by that of a slot, then by address."""
    by_guid = {row.guid: row for row in existing.sessions}
    by_pk = {row.pk: row for row in existing.sessions}
    by_guid |= {slot.guid: by_pk[pk] for pk, slots in existing.slots.items() for slot in slots if pk in by_pk}
    claimed: set[int] = set()
    for group, guids in zip(groups, guids_of(groups, existing), strict=True):
        group.guid = guids[-1]
        row = next((by_guid[guid] for guid in guids if guid in by_guid), None)
        if row and row.pk not in claimed:
            group.row = row
            claimed.add(row.pk)
    by_slug: dict[str, Session] = {}
    for row in existing.sessions:
        if row.pk not in claimed:
            for slug in (row.slug, str(row.origin.get("slug", ""))):
                by_slug.setdefault(slug, row)
    for group in groups:
        found = None if group.row else by_slug.get(address_of(group.event))
        if found and found.pk not in claimed:
            group.row = found
            claimed.add(found.pk)


def address_of(event: Event) -> str:
    return event.slug or slugify(event.title)[:120]


def guids_of(groups: list[Group], existing: Existing) -> Iterable[list[UUID]]:
    """The guids each session may have here; the last is the one that a new session gets."""
    edition = existing.edition
    seen: Counter[str] = Counter()
    for group in groups:
        made: list[UUID] = []
        for event in reversed(group.events):
            if event.guid:
                made += [derived(edition, event.guid), existing.local(event.guid) or UUID(event.guid)]
        if made:
            yield made
            continue
        event = group.event
        words = f"{event.code or event.id or event.slug or event.title.casefold()}"
        seen[words] += 1
        yield [derived(edition, f"event:{words}#{seen[words]}")]
