"""Rooms, tracks and types of a file beside those the edition has: known by guid, then address, then name."""

from collections import Counter
from typing import Any

from django.utils.translation import gettext as _

from conference.models import Room, Venue
from conference.models.edition import HUES
from sessions.exchange import schedule as said
from sessions.exchange.colours import hue_of
from sessions.models import Kind, SessionType, Track
from sessions.services.importing.loading import Existing
from sessions.services.importing.naming import first, folded, free_slug, names_of, numbered
from sessions.services.importing.plan import CODES, Change, Plan

WORKSHOPS = ("workshop", "werkwinkel", "hands-on")
BREAKS = ("break", "pause", "pauze", "lunch", "coffee", "koffie")
MOST_SEATS = 2_000_000


def plan_rooms(plan: Plan, existing: Existing, schedule: said.Schedule) -> dict[str, Room]:
    """The row of each room of the file, by its name there."""
    free = list(existing.rooms)
    shared = {
        guid for guid, count in Counter(room.guid for room in schedule.rooms).items() if count > 1 and guid
    }
    slugs, names = (
        folded(room.slug for room in free),
        set().union(*(names_of(r, "name", CODES) for r in free)),
    )
    found: dict[str, Room] = {}
    for position, room in enumerate(schedule.rooms, start=len(free)):
        if room.guid in shared:
            plan.remarks.add(room.name, _("several rooms have the same guid; it is not used."))
        guid = existing.local(room.guid) if room.guid not in shared else None
        row = known_room(free, room, guid)
        change = Change(row) if row else Change(Room(position=position, venue=venue_of(plan, existing)), True)
        if row:
            free.remove(row)
        else:
            change.row.slug = free_slug(room.slug, room.name, "room", 80, slugs)
            change.row.guid = guid or change.row.guid
            change.row.name_en = numbered(room.name, 120, names)  # type: ignore[attr-defined]
        change.give_text("description", room.description)
        change.give("capacity", room.capacity if (room.capacity or 0) <= MOST_SEATS else None)
        plan.rooms.append(change)
        found[room.name] = change.row
    plan.untouched["rooms"] = len(free)
    return found


def known_room(rooms: list[Room], room: said.Room, guid: Any) -> Room | None:
    name = room.name.casefold()
    return (
        first(rooms, lambda row: guid and row.guid == guid)
        or first(rooms, lambda row: room.slug and row.slug == room.slug)
        or first(rooms, lambda row: name in names_of(row, "name", CODES))
    )


def venue_of(plan: Plan, existing: Existing) -> Venue:
    """The first venue of the edition; one named after its city where it has none."""
    if existing.venues:
        return existing.venues[0]
    if not plan.venue:
        edition = existing.edition
        plan.venue = Venue(edition=edition, name_en=(edition.city or edition.short_title)[:200])
    return plan.venue


def plan_tracks(plan: Plan, existing: Existing, schedule: said.Schedule) -> dict[str, Track]:
    free = list(existing.tracks)
    slugs = folded(track.slug for track in free)
    found: dict[str, Track] = {}
    for position, track in enumerate(schedule.tracks, start=len(free)):
        name = track.name.casefold()
        row = first(free, lambda row, t=track: t.slug and row.slug == t.slug) or first(
            free, lambda row, n=name: n in names_of(row, "name", CODES)
        )
        if row:
            free.remove(row)
            change = Change(row)
        else:
            slug = free_slug(track.slug, track.name, "track", 80, slugs)
            hue = HUES[position * 7 % len(HUES)][0]  # far apart on the circle, one after the other
            new = Track(edition=existing.edition, slug=slug, name_en=track.name, position=position, hue=hue)
            change = Change(new, True)
        if track.color:
            change.give("hue", hue_of(track.color))
        plan.tracks.append(change)
        found[track.name] = change.row
    plan.untouched["tracks"] = len(free)
    return found


def plan_types(plan: Plan, existing: Existing, schedule: said.Schedule) -> dict[str, SessionType]:
    """Types are shared by all editions, so that known ones are never changed; a bare word for a kind is none."""
    slugs = folded(row.slug for row in existing.types)
    found: dict[str, SessionType] = {}
    for name in dict.fromkeys(event.type for event in schedule.events if event.type):
        wanted = free_slug("", name, "type", 80, set())
        row = first(
            existing.types, lambda row, n=name: n.casefold() in names_of(row, "name", CODES)
        ) or first(existing.types, lambda row, w=wanted: row.slug == w)
        if not row and name in Kind.values:
            continue
        new = row or SessionType(
            name_en=name, slug=free_slug("", name, "type", 80, slugs), kind=kind_of(name)
        )
        plan.types.append(Change(new, is_new=row is None))
        found[name] = new
    return found


def kind_of(name: str) -> str:
    words = name.casefold()
    if any(word in words for word in WORKSHOPS):
        return Kind.WORKSHOP
    return Kind.BREAK if any(word in words for word in BREAKS) else Kind.SESSION
