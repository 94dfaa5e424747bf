"""The programme of an edition: as a grid or as lists, whole or narrowed by links and words."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from conference.dates import day_name
from conference.templatetags.dates import clock_range
from conference.templatetags.texts import text
from sessions import filters, timetable
from sessions.asking import Asking
from sessions.filters import Asked, Found
from sessions.models import Kind, Session
from sessions.programme import Placed, Programme, RoomColumn, cancelled_rows, programme_of, shown_of
from sessions.views.sessions import EditionPage


@dataclass(frozen=True)
class Section:
    """A heading of a list, with what stands under it: a day, a room or a track."""

    anchor: str
    title: Any
    groups: list[tuple[str, list[dict[str, Any]]]]  # sub-heading and rows
    hue: int | None = None


class ProgrammeView(EditionPage):
    template_name = "sessions/programme.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_draft = self.is_draft
        asked = Asked.of(self.request.GET, keep=(("preview", "draft"),) if is_draft else ())
        programme = programme_of(self.edition, is_draft=is_draft, is_preview=self.is_preview)
        asking = Asking(programme, self.edition, asked)
        found = filters.search(asking.items, asked)
        placed, unplaced = shown(programme, found)
        return super().get_context_data(
            **tools_of(asking, found),
            **self.arranged(placed, asked.view),
            has_several_venues=len({one.room.venue for one in programme.placed if one.room}) > 1,
            unplaced=unplaced,
            cancelled=self.cancelled(asking),
            is_empty=not (programme.placed or programme.unplaced),
            has_times=bool(programme.placed),
            is_draft=is_draft,
            preview=is_draft or self.is_preview,
            **kwargs,
        )

    @property
    def is_draft(self) -> bool:
        asked = self.request.GET.get("preview") == "draft"
        return asked and self.request.viewer.is_organiser  # type: ignore[attr-defined]

    def arranged(self, placed: list[Placed], view: str) -> dict[str, Any]:
        if view != "grid":
            return {"sections": SECTIONS[view](placed), "days": []}
        items = [
            timetable.Item(one.slot.starts_at, one.slot.ends_at, one.room, shown_of(one))  # type: ignore[arg-type] # timed
            for one in placed
        ]
        columns = sorted({one.room for one in placed if one.room})
        return {"days": timetable.arrange(items, zone=self.edition.zone, rooms=columns), "sections": []}

    def cancelled(self, asking: Asking) -> list[dict[str, Any]]:
        found = [item.what for item in filters.search(asking.cancelled_items(), asking.asked).items]
        untimed = [one for one in found if isinstance(one, Session)]
        return cancelled_rows([one for one in found if isinstance(one, Placed)], untimed)


def shown(programme: Programme, found: Found) -> tuple[list[Placed], list[Session]]:
    """What was found with a time and without; a session is shown with its parts, and for a part of it."""
    kept = {id(item.what) for item in found.items}
    placed = []
    for one in programme.placed:
        is_kept = id(one) in kept
        one.shown_parts = [part for part in one.parts if is_kept or id(part) in kept]
        if is_kept or one.shown_parts:
            placed.append(one)
    return placed, [session for session in programme.unplaced if id(session) in kept]


def tools_of(asking: Asking, found: Found) -> dict[str, Any]:
    """What stands above the programme: views, filters, what was chosen, and how much was found."""
    asked = asking.asked
    names = {
        "day": _("Day"), "track": _("Track"), "type": _("Type"), "topic": _("Topic"), "language": _("Language"),
        "room": _("Room"), "places": _("Places"),
    }  # fmt: skip
    views = {"grid": _("Grid"), "list": _("List"), "rooms": _("By room"), "tracks": _("By track")}
    everything = len({item.key for item in asking.items if item.is_counted})
    facets = []
    for name, label in names.items():
        choices = filters.choices(asked, name, asking.labels(name), found)
        # One value that everything has is no choice.
        if len(choices) > 1 or any(choice.count < everything for choice in choices):
            facets.append({"name": name, "label": label, "choices": choices})
    return {
        "asked": asked,
        "facets": facets,
        "views": [(view, label, asked.seen_as(view).url()) for view, label in views.items()],
        "hidden": [pair for pair in asked.pairs() if pair[0] != "q"],
        "found": found.number,
        "all": everything,
        "clear_url": asked.cleared().url(),
        "without_search_url": asked.without_search().url(),
    }


def by_day(placed: Iterable[Placed]) -> list[Section]:
    return [Section(f"day-{day.isoformat()}", day_name(day), [("", rows)]) for day, rows in days_of(placed)]


def by_room(placed: Iterable[Placed]) -> list[Section]:
    def order(room: RoomColumn | None) -> tuple[bool, Any]:
        return room is None, room

    found: dict[RoomColumn | None, list[Placed]] = {}
    for one in placed:
        found.setdefault(one.room, []).append(one)
    return [
        Section(f"room-{room.slug if room else 'all'}", room.name if room else _("Whole venue"), named_days(rows))
        for room, rows in sorted(found.items(), key=lambda pair: order(pair[0]))
    ]  # fmt: skip


def by_track(placed: Iterable[Placed]) -> list[Section]:
    """Tracks in their order, then what belongs to none; breaks belong to everyone and stand in no list."""
    found: dict[Any, list[Placed]] = {}
    for one in placed:
        if one.session.kind != Kind.BREAK:
            found.setdefault(one.session.track, []).append(one)
    in_order = sorted(found, key=lambda track: (track is None, (track.position, track.slug) if track else ()))
    return [
        Section(
            f"track-{track.slug}" if track else "no-track",
            text(track, "name") if track else _("Without a track"),
            named_days(found[track]),
            track.hue if track else None,
        )
        for track in in_order
    ]


SECTIONS = {"list": by_day, "rooms": by_room, "tracks": by_track}


def days_of(placed: Iterable[Placed]) -> list[tuple[Any, list[dict[str, Any]]]]:
    """Slots come in the order of their beginning, so that those of a day stand together."""

    def day(one: Placed) -> Any:
        return one.slot.starts_at.astimezone(one.session.edition.zone).date()  # type: ignore[union-attr] # timed

    return [(found, [shown_of(one, clock_range) for one in rows]) for found, rows in groupby(placed, day)]


def named_days(placed: Iterable[Placed]) -> list[tuple[str, list[dict[str, Any]]]]:
    return [(day_name(day), rows) for day, rows in days_of(placed)]
