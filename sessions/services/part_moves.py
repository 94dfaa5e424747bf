"""What takes place inside a session moves along with it: a part outside its session would forbid the next release."""

from datetime import timedelta

from sessions.models import Session, Slot
from sessions.slot_states import SlotState, state_of

States = dict[str, SlotState | None]


def lock_parts(session: Session) -> None:
    """After the session itself; who moves one of them by itself waits here or is waited for."""
    parts = Session.objects.select_for_update(no_key=True, of=("self",)).filter(part_of=session)
    list(parts.order_by("pk").values_list("pk"))


def move_parts(session: Session, former: Slot, row: Slot) -> tuple[States, States]:
    """How the slots of its parts stood and stand, those that were within `former`, where `row` is the same slot now.

    A session that became longer or shorter keeps its parts where they are. A part in the same room goes along to
    another room; one in a room of its own stays there.
    """
    later = moved_by(former, row)
    if later is None:
        return {}, {}
    lock_parts(session)
    within = (
        Slot.objects.draft()
        .select_for_update(no_key=True, of=("self",))
        .filter(
            session__part_of=session,
            session__status__in=Session.PLANNABLE,
            starts_at__gte=former.starts_at,
            ends_at__lte=former.ends_at,
        )
    )
    before: States = {}
    after: States = {}
    for part in within.order_by("pk"):
        before[str(part.guid)] = state_of(part)
        part.starts_at, part.ends_at = part.starts_at + later, part.ends_at + later
        if part.room_id and part.room_id == former.room_id:
            part.room_id = row.room_id
        part.save()
        after[str(part.guid)] = state_of(part)
    return before, after


def moved_by(former: Slot, row: Slot) -> timedelta | None:
    """How much later it takes place, as long as before or in another room; None where nothing has to follow it."""
    if not former.starts_at or not former.ends_at or not row.starts_at or not row.ends_at:
        return None
    is_as_long = row.ends_at - row.starts_at == former.ends_at - former.starts_at
    is_elsewhere = (row.starts_at, row.room_id) != (former.starts_at, former.room_id)
    return row.starts_at - former.starts_at if is_as_long and is_elsewhere else None
