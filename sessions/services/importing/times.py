"""The times of an imported session in the draft; what is released stays as it was."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid5

from conference.models import Room
from sessions.exchange.schedule import Event
from sessions.models import Session, Slot
from sessions.services.importing.grouping import Group
from sessions.services.importing.loading import Existing, derived
from sessions.services.importing.plan import Change, Plan


class Times:
    def __init__(self, plan: Plan, existing: Existing, rooms: Mapping[str, Room]) -> None:
        self.plan, self.existing, self.rooms = plan, existing, rooms
        self.names = {room.pk: room for room in existing.rooms}
        self.numbers: dict[UUID, Iterator[int]] = defaultdict(lambda: count(1))  # by session, each tried once
        self.taken = {slot.guid for slots in existing.slots.values() for slot in slots} | existing.elsewhere

    def plan_one(self, change: Change[Session], group: Group) -> None:
        """The slots of one session: known ones by guid, the others in their order, new ones for the rest."""
        timed = sorted(
            (event for event in group.events if event.starts_at), key=lambda e: (e.starts_at, e.guid)
        )
        free = list(self.existing.slots.get(change.row.pk, []))
        found: dict[int, Slot] = {}
        for place, event in enumerate(timed):
            guids = self.guids(event)
            slot = next((slot for slot in free if slot.guid in guids), None)
            if slot:
                found[place] = slot
                free.remove(slot)
        for place, event in enumerate(timed):
            slot = found.get(place) or (free.pop(0) if free else None)
            self.plan_slot(change, event, Change(slot) if slot else Change(self.new(change.row, event), True))

    def guids(self, event: Event) -> list[UUID]:
        if not event.guid:
            return []
        return [
            guid
            for guid in (self.existing.local(event.guid), derived(self.existing.edition, event.guid))
            if guid
        ]

    def new(self, session: Session, event: Event) -> Slot:
        """The guid of the event where no other slot has it, else the session's, else one made from that."""
        made = (uuid5(session.guid, f"slot {number}") for number in self.numbers[session.guid])
        guid = next(guid for guid in self.wishes(session, event, made) if guid not in self.taken)
        self.taken.add(guid)
        return Slot(session=session, guid=guid)

    def wishes(self, session: Session, event: Event, made: Iterable[UUID]) -> Iterable[UUID]:
        yield from self.guids(event)
        yield session.guid
        yield from made

    def plan_slot(self, session: Change[Session], event: Event, change: Change[Slot]) -> None:
        if not event.starts_at:
            return
        slot = change.row
        ends_at = event.starts_at + timedelta(minutes=event.minutes)
        if (slot.starts_at, slot.ends_at) != (event.starts_at, ends_at):
            session.say(
                "time", self.words(slot.starts_at, slot.ends_at), self.words(event.starts_at, ends_at)
            )
            change.say("time", slot.starts_at, event.starts_at)
            slot.starts_at, slot.ends_at = event.starts_at, ends_at
            change.columns |= {"starts_at", "ends_at"}
        room = self.rooms.get(event.room)
        if room is not None and (room.pk is None or slot.room_id != room.pk):
            before: Any = self.names.get(slot.room_id, "") if slot.room_id else ""
            session.say("room", before, room)
            change.say("room", before, room)
            slot.room = room
            change.columns.add("room")
        self.plan.slots.append(change)

    def words(self, starts_at: datetime | None, ends_at: datetime | None) -> str:
        if not starts_at or not ends_at:
            return ""
        zone = self.existing.edition.zone
        return f"{starts_at.astimezone(zone):%Y-%m-%d %H:%M}–{ends_at.astimezone(zone):%H:%M}"
