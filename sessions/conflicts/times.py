"""Rules about times: rooms and people used twice, days, and sessions with their parts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions.conflicts.draft import Draft, Status, Timed
from sessions.conflicts.registry import Finding, rule
from sessions.conflicts.sweeping import Weight, is_family, meetings
from sessions.conflicts.words import room_of, shared_time, time_of, title_of
from sessions.models import Kind
from speakers.models import Speaker

NIGHT = timedelta(hours=6)  # what begins before six in the morning still belongs to the evening before


@rule("room_twice", gettext_lazy("Room used twice"), is_blocking=True)
def room_twice(draft: Draft) -> Iterator[Finding]:
    """A session and its part may share a room; a break beside something else is only worth a look.

    What has no room is in the whole venue, or its room is not known yet: it is not in the way of any room.
    """
    rooms: dict[int, list[Timed]] = defaultdict(list)
    for slot in draft.slots:
        if slot.room_id:
            rooms[slot.room_id].append(slot)
    for slots in rooms.values():
        for one, other in meetings(slots, shares_room, weight_in_room):
            words = _("“%(one)s” and “%(other)s” are both in %(room)s on %(when)s.") % {
                "one": title_of(one.session),
                "other": title_of(other.session),
                "room": room_of(other),
                "when": shared_time(draft, one, other),
            }
            is_break = Kind.BREAK in (one.session.kind, other.session.kind)
            yield Finding(words, slots=[one, other], may_block=not is_break)


def weight_in_room(slot: Timed) -> Weight:
    """What forbids a release is named before what does not."""
    return is_published(slot), slot.session.kind != Kind.BREAK


def is_published(slot: Timed) -> bool:
    return slot.session.status == Status.PUBLISHED


def shares_room(one: Timed, other: Timed) -> bool:
    return one.session_id == other.session_id or not is_family(one, other)


@rule("speaker_twice", gettext_lazy("Speaker needed twice"), is_blocking=True)
def speaker_twice(draft: Draft) -> Iterator[Finding]:
    """It forbids a release where nobody else is there for either session; panels and teams can do without one."""

    def is_alone(slot: Timed) -> bool:
        return len(draft.people[slot.session_id]) == 1

    def weight(slot: Timed) -> Weight:
        return is_published(slot), is_alone(slot)

    for speaker, slots in by_speaker(draft):
        for one, other in meetings(slots, lambda one, other: not is_family(one, other), weight):
            words = _("%(name)s is needed in “%(one)s” and in “%(other)s” on %(when)s.") % {
                "name": speaker.name,
                "one": title_of(one.session),
                "other": title_of(other.session),
                "when": shared_time(draft, one, other),
            }
            yield Finding(words, slots=[one, other], may_block=is_alone(one) and is_alone(other))


def by_speaker(draft: Draft) -> Iterable[tuple[Speaker, list[Timed]]]:
    """Everyone who appears, with their slots in order of time; nobody speaks in a break."""
    found: dict[int, tuple[Speaker, list[Timed]]] = {}
    for slot in draft.slots:
        if slot.session.kind != Kind.BREAK:
            for speaker in draft.people.get(slot.session_id, []):
                found.setdefault(speaker.pk, (speaker, []))[1].append(slot)
    return found.values()


@rule("part_outside", gettext_lazy("Outside the session it is part of"), is_blocking=True)
def part_outside(draft: Draft) -> Iterator[Finding]:
    """A part takes place while its session does, in whatever room; without a time on either side nothing is said."""
    for slot in draft.slots:
        parent = draft.parent_of(slot.session)
        times = draft.slots_of(parent) if parent else []
        if not times or any(holds(one, slot) for one in times):
            continue
        words = _(
            "“%(part)s” (%(when)s) is not wholly inside “%(session)s”, of which it is a part (%(then)s)."
        )
        names = {"part": title_of(slot.session), "session": title_of(parent)}  # type: ignore[arg-type] # has times
        nearest = min(times, key=lambda one: abs(one.starts_at - slot.starts_at))
        when = {"when": time_of(draft, slot), "then": time_of(draft, nearest)}
        yield Finding(words % {**names, **when}, slots=[nearest, slot])


def holds(one: Timed, other: Timed) -> bool:
    return one.starts_at <= other.starts_at and one.ends_at >= other.ends_at


@rule("beside_plenary", gettext_lazy("Workshop beside a plenary"))
def beside_plenary(draft: Draft) -> Iterator[Finding]:
    """A session without a room is for the whole venue: a workshop beside it that is not its part takes people away."""
    slots = [slot for slot in draft.slots if is_plenary(slot) or slot.session.kind == Kind.WORKSHOP]
    for one, other in meetings(slots, takes_people_away):
        plenary, workshop = (one, other) if is_plenary(one) else (other, one)
        words = _("“%(workshop)s” runs beside “%(plenary)s”, which is for the whole venue, on %(when)s.") % {
            "workshop": title_of(workshop.session),
            "plenary": title_of(plenary.session),
            "when": shared_time(draft, one, other),
        }
        yield Finding(words, slots=[plenary, workshop])


def is_plenary(slot: Timed) -> bool:
    return slot.session.kind == Kind.SESSION and slot.room_id is None


def takes_people_away(one: Timed, other: Timed) -> bool:
    return is_plenary(one) != is_plenary(other) and not is_family(one, other)


@rule("outside_days", gettext_lazy("Outside the days of the edition"))
def outside_days(draft: Draft) -> Iterator[Finding]:
    """By the clock where the edition is; nothing is said while its days are not known."""
    edition = draft.edition
    first, last = edition.starts_on, edition.last_day
    if not (first and last) or edition.date_precision != edition.Precision.DAY:
        return
    for slot in draft.slots:
        at = slot.starts_at.astimezone(edition.zone)
        if at.date() < first or (at - NIGHT).date() > last:
            words = _("“%(title)s” is on %(when)s, which is not a day of this edition.")
            names = {"title": title_of(slot.session), "when": time_of(draft, slot)}
            yield Finding(words % names, slots=[slot])
