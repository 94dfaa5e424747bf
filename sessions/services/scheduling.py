"""Change the draft of the schedule step by step, so that nobody overwrites somebody else unknowingly."""

from copy import copy
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from conference import clock
from conference.models import Edition, Room, User
from conference.trail.records import MADE, note
from sessions.exceptions import ScheduleRefused
from sessions.models import Kind, Session, Slot, SlotChange
from sessions.services.part_moves import lock_parts, move_parts
from sessions.services.slot_rows import changed_meanwhile, new_row, seen_row
from sessions.slot_states import SlotState, state_of

LONGEST = timedelta(hours=24)
FIRST_YEAR, LAST_YEAR = 1970, 2200


@transaction.atomic
def place_slot(
    *, edition: Edition, session: Session, slot: UUID | None = None, room: Room | None, starts_at: datetime,
    ends_at: datetime, seen: SlotState | None, by: User, is_another: bool = False,
) -> Slot:  # fmt: skip
    """Move a slot of the draft, or give the session its first one (or another one) when no slot is named.

    Its parts move along, in the same step.
    """
    session = _lock(edition, session)
    _check_times(starts_at, ends_at)
    _check_room(edition, room)
    if session.status not in Session.PLANNABLE:
        raise ScheduleRefused(
            _("“%(title)s” is %(state)s, so it takes no place.")
            % {"title": session.title, "state": session.get_status_display()}
        )
    row = seen_row(session, slot, seen) if slot else new_row(session, is_another=is_another)
    before, former = (state_of(row) if row.pk else None), copy(row)
    row.room, row.starts_at, row.ends_at = room, starts_at, ends_at
    if state_of(row) != before:
        row.save()
        parts_before, parts_after = move_parts(session, former, row)
        guid = str(row.guid)
        _write(session, by, {guid: before, **parts_before}, {guid: state_of(row), **parts_after})
    return row


@transaction.atomic
def remove_slot(*, edition: Edition, session: Session, slot: UUID, seen: SlotState | None, by: User) -> None:
    """Take a slot out of the draft; what was released stays."""
    session = _lock(edition, session)
    row = seen_row(session, slot, seen)
    before = {str(row.guid): state_of(row)}
    row.delete()
    _write(session, by, before, dict.fromkeys(before))


@transaction.atomic
def copy_to_rooms(
    *, edition: Edition, session: Session, slot: UUID, seen: SlotState | None, by: User
) -> list[Slot]:
    """Put a break at the same time into every room where it is not yet."""
    session = _lock(edition, session)
    row = seen_row(session, slot, seen)
    if session.kind != Kind.BREAK:
        raise ScheduleRefused(_("Only a break is copied to all rooms."))
    if row.starts_at is None or row.ends_at is None or row.room_id is None:
        raise ScheduleRefused(_("Give it a time and a room first."))
    there = Slot.objects.draft().filter(session=session).overlapping(row.starts_at, row.ends_at)
    rooms = Room.objects.filter(venue__edition=edition).exclude(pk__in=there.values("room"))
    copies = [
        Slot(session=session, room=room, starts_at=row.starts_at, ends_at=row.ends_at) for room in rooms
    ]
    if not copies:
        raise ScheduleRefused(_("It is in every room already."))
    note(Slot.objects.bulk_create(copies), MADE)
    after = {str(copy.guid): state_of(copy) for copy in copies}
    _write(session, by, dict.fromkeys(after), after)
    return copies


def undo_last(*, edition: Edition, by: User) -> SlotChange:
    """Take back this person's last step that was not taken back yet."""
    change = SlotChange.objects.filter(edition=edition, changed_by=by, undone_at=None).first()
    if not change:
        raise ScheduleRefused(_("There is nothing of yours to undo."))
    return undo_change(edition=edition, change=change.pk, by=by)


@transaction.atomic
def undo_change(*, edition: Edition, change: int, by: User) -> SlotChange:
    """Take back one of this person's own steps, as long as its slots still stand where it left them."""
    own = SlotChange.objects.filter(edition=edition, changed_by=by)
    session = _lock(edition, own.select_related("session").get(pk=change).session)
    step = own.select_for_update(no_key=True, of=("self",)).get(pk=change)
    if len(step.after) > 1:
        lock_parts(session)
    if step.undone_at:
        raise ScheduleRefused(_("This step was undone already."))
    rows = {str(row.guid): row for row in Slot.objects.draft().filter(guid__in=step.after)}
    strays = [guid for guid, state in step.after.items() if state_of(rows.get(guid)) != state]
    if strays:
        raise changed_meanwhile(session, UUID(strays[0]), rows.get(strays[0]))
    _restore(edition, session, rows, step.before)
    step.undone_at = clock.now()
    step.save(update_fields=["undone_at"])
    return step


def _restore(
    edition: Edition, session: Session, rows: dict[str, Slot], before: dict[str, SlotState | None]
) -> None:
    rooms = {state["room"] for state in before.values() if state and state["room"]}
    if Room.objects.filter(venue__edition=edition, pk__in=rooms).count() < len(rooms):
        raise ScheduleRefused(_("The room where it was is no more."))
    gone = [rows[guid].pk for guid, state in before.items() if state is None and guid in rows]
    Slot.objects.filter(pk__in=gone).delete()
    for guid, state in before.items():
        if state:
            row = rows.get(guid) or Slot(session=session, guid=UUID(guid))
            row.room_id = state["room"]
            row.starts_at, row.ends_at = _moment(state["starts_at"]), _moment(state["ends_at"])
            row.save()


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _lock(edition: Edition, session: Session) -> Session:
    """The session owns its slots: who changes one waits for who changes another."""
    rows = Session.objects.select_for_update(no_key=True, of=("self",)).filter(edition=edition)
    locked = rows.get(pk=session.pk)
    locked.edition = edition
    return locked


def _check_times(starts_at: datetime, ends_at: datetime) -> None:
    if not FIRST_YEAR <= starts_at.year <= LAST_YEAR:
        raise ScheduleRefused(_("That day is too far away."))
    if ends_at <= starts_at:
        raise ScheduleRefused(_("It must end after it starts."))
    if ends_at - starts_at > LONGEST:
        raise ScheduleRefused(_("It may last 24 hours at most."))


def _check_room(edition: Edition, room: Room | None) -> None:
    if room and not Room.objects.filter(pk=room.pk, venue__edition=edition).exists():
        raise ScheduleRefused(_("Choose a room of the same edition."))


def _write(session: Session, by: User, before: dict[str, Any], after: dict[str, Any]) -> None:
    SlotChange.objects.create(
        edition_id=session.edition_id, session=session, changed_by=by, before=before, after=after
    )
