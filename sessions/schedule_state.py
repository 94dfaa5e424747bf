"""The draft of an edition's schedule as the editor shows it: days, rooms, slots, what waits, conflicts, steps."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Max, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.template.defaultfilters import date as in_words
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from conference.dates import clock, clock_range, day_name
from conference.models import Edition, Room, User
from sessions.conflicts import Conflict, find_conflicts
from sessions.models import Appearance, Session, Slot, SlotChange
from sessions.outline import NOT_IN_LISTS
from sessions.schedule_grid import Block, arrange, clock_of, hours_of
from sessions.slot_states import Places, state_of, words_of

LONGEST_RANGE = 31  # days; of a longer edition only those that hold something are shown
STEPS_SHOWN = 20
CONFLICTS_SHOWN = 50
OF_SLOT = ["guid", "session", "room", "starts_at", "ends_at"]
UNREAD = [name for name in NOT_IN_LISTS if name != "guid" and not name.startswith("venue__")]


@dataclass
class Draft:
    """The rows of an edition's draft; a constant number of queries."""

    edition: Edition
    sessions: list[Any]  # in order, each with draft_slots and people
    rooms: list[Room]

    @classmethod
    def of(cls, edition: Edition) -> "Draft":
        slots = Prefetch("slots", Slot.objects.draft().only(*OF_SLOT), to_attr="draft_slots")
        people = Appearance.objects.select_related("speaker").only("session", "position", "speaker__name")
        sessions = (
            Session.objects.filter(edition=edition)
            .plannable()
            .select_related("track", "session_type")
            .defer(*UNREAD)
            .prefetch_related(slots, Prefetch("appearances", people, to_attr="people"))
        )
        rooms = Room.objects.filter(venue__edition=edition).select_related("venue")
        return cls(edition, list(sessions.in_order()), list(rooms))

    @cached_property
    def titles(self) -> dict[int, str]:
        return {session.pk: session.title for session in self.sessions}

    @cached_property
    def untimed_parts(self) -> dict[int, list[str]]:
        """By session: the titles of its parts that have no time of their own, so that its block shows them."""
        found: dict[int, list[str]] = {}
        for session, _slot in self.waiting:
            if session.part_of_id:
                found.setdefault(session.part_of_id, []).append(session.title)
        return found

    @property
    def slots(self) -> list[tuple[Any, Slot]]:
        """Each slot with a time beside its session, in order of time."""
        found = [(session, slot) for session in self.sessions for slot in session.draft_slots]
        return sorted((pair for pair in found if pair[1].starts_at), key=lambda pair: pair[1].starts_at)

    @property
    def waiting(self) -> list[tuple[Any, Slot | None]]:
        """What has no time yet: a session without a slot, or a slot without a time."""
        found: list[tuple[Any, Slot | None]] = []
        for session in self.sessions:
            if session.draft_slots:
                found += [(session, slot) for slot in session.draft_slots if not slot.starts_at]
            else:
                found.append((session, None))
        return found

    @property
    def places(self) -> Places:
        return Places(self.edition.zone, {room.pk: room.name for room in self.rooms})

    def days(self) -> list[date]:
        """Those of the edition and those on which something takes place."""
        first, last = self.edition.starts_on, self.edition.ends_on or self.edition.starts_on
        days = {clock_of(slot.starts_at, self.edition.zone)[0] for _session, slot in self.slots}  # type: ignore[arg-type]
        if first and last and (last - first).days < LONGEST_RANGE:
            days |= {first + timedelta(days=number) for number in range((last - first).days + 1)}
        return sorted(days) or [first or self.edition.today()]


def version_of(edition: Edition) -> str:
    """A word that is another one after every change of the draft; one query, cheap enough to ask every few seconds."""
    changes = SlotChange.objects.filter(edition=OuterRef("pk")).order_by().values("edition")
    sessions = Session.objects.filter(edition=OuterRef("pk")).order_by().values("edition")
    slots = Slot.objects.draft().filter(session__edition=OuterRef("pk")).order_by().values("session__edition")
    parts = Edition.objects.filter(pk=edition.pk).values_list(
        Coalesce(Subquery(changes.annotate(n=Max("pk")).values("n")), 0),
        Subquery(changes.annotate(n=Max("undone_at")).values("n")),
        Subquery(sessions.annotate(n=Max("updated_at")).values("n")),
        Coalesce(Subquery(slots.annotate(n=Count("pk")).values("n")), 0),
    )
    last, *moments, count = parts[0]
    return "-".join([str(last), *(str(at.timestamp()) if at else "" for at in moments), str(count)])


def state_for(edition: Edition, user: User) -> dict[str, Any]:
    """Everything that the editor draws, ready to be written as JSON."""
    version = version_of(edition)  # asked first: a change during the reading is then read again
    draft = Draft.of(edition)
    items, blocks = items_of(draft)
    first, last = hours_of(blocks)
    conflicts = find_conflicts(edition)
    return {
        "version": version,
        "days": [{"date": day.isoformat(), "words": day_name(day)} for day in draft.days()],
        "from": first,
        "to": last,
        "rooms": rooms_of(draft),
        "items": items,
        "waiting": [waiting_item(draft, *pair) for pair in draft.waiting],
        "conflicts": conflicts_in(conflicts),
        "conflict_count": len(conflicts),
        "troubled": sorted({str(guid) for conflict in conflicts for guid in conflict.slot_guids}),
        "steps": steps_of(draft, user),
    }


def rooms_of(draft: Draft) -> list[dict[str, Any]]:
    several = len({room.venue_id for room in draft.rooms}) > 1
    rooms = [
        {
            "pk": room.pk,
            "name": room.name,
            "venue": room.venue.name if several else "",
            "seats": room.capacity,
        }
        for room in draft.rooms
    ]
    return [*rooms, {"pk": None, "name": _("Whole venue"), "venue": "", "seats": None}]


def items_of(draft: Draft) -> tuple[list[dict[str, Any]], list[Block]]:
    by_day: dict[date, list[Block]] = {}
    found = []
    for session, slot in draft.slots:
        day, start = clock_of(slot.starts_at, draft.edition.zone)  # type: ignore[arg-type]
        minutes = (slot.ends_at - slot.starts_at) // timedelta(minutes=1)  # type: ignore[operator]
        block = Block(start, minutes, slot.room_id, session.pk, session.part_of_id)
        by_day.setdefault(day, []).append(block)
        found.append((session, slot, day, block))
    for blocks in by_day.values():
        arrange(blocks)
    items = [placed_item(draft, *each) for each in found]
    return items, [block for blocks in by_day.values() for block in blocks]


def placed_item(draft: Draft, session: Any, slot: Slot, day: date, block: Block) -> dict[str, Any]:
    return {
        **item(session, slot),
        "part_of": draft.titles.get(session.part_of_id, ""),
        "parts": draft.untimed_parts.get(session.pk, []),
        "day": day.isoformat(),
        "start": block.start,
        "minutes": block.minutes,
        "room": slot.room_id,
        "lane": block.lane,
        "lanes": block.lanes,
        "nested": block.nested,
        "time": clock_range(slot.starts_at, slot.ends_at, draft.edition.zone),  # type: ignore[arg-type]
    }


def waiting_item(draft: Draft, session: Any, slot: Slot | None) -> dict[str, Any]:
    return {**item(session, slot), "part_of": draft.titles.get(session.part_of_id, "")}


def item(session: Any, slot: Slot | None) -> dict[str, Any]:
    names = dict.fromkeys(appearance.speaker.name for appearance in session.people)
    return {
        "slot": str(slot.guid) if slot else None,
        "session": str(session.guid),
        "title": session.title,
        "label": str(session.session_type or session.get_kind_display()),
        "kind": session.kind,
        "number": session.number,
        "people": ", ".join(names),
        "hue": session.track.hue if session.track else None,
        "status": session.get_status_display() if session.status != Session.Status.PUBLISHED else "",
        "seen": state_of(slot),
    }


def conflicts_in(conflicts: list[Conflict]) -> list[dict[str, Any]]:
    """What forbids a release first, then what is about times; a long list goes on elsewhere."""
    in_order = sorted(conflicts, key=lambda conflict: (not conflict.is_blocking, not conflict.slot_guids))
    return [
        {
            "words": str(conflict.words),
            "is_blocking": conflict.is_blocking,
            "slots": [str(guid) for guid in conflict.slot_guids],
            "cure": conflict.cure_url,
        }
        for conflict in in_order[:CONFLICTS_SHOWN]
    ]


def steps_of(draft: Draft, user: User) -> list[dict[str, Any]]:
    """The last changes, newest first: what, who, when; and whether it is this person's to undo."""
    places, zone = draft.places, draft.edition.zone
    return [
        {
            "pk": change.pk,
            "words": words_of(change, places),
            "who": change.changed_by.name if change.changed_by else _("somebody"),
            "when": f"{in_words(change.created_at.astimezone(zone), 'j M')} {clock(change.created_at, zone)}",
            "is_undone": bool(change.undone_at),
            "may_undo": change.changed_by_id == user.pk and not change.undone_at,
        }
        for change in last_steps(draft.edition)
    ]


def last_steps(edition: Edition) -> Iterable[SlotChange]:
    steps: QuerySet[SlotChange] = SlotChange.objects.filter(edition=edition)
    return steps.select_related("session", "changed_by")[:STEPS_SHOWN]
