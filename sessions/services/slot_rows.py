"""Find the row of the draft that a person means, and see whether it is still as that person saw it."""

from uuid import UUID

from django.utils.translation import gettext as _

from conference.dates import clock
from sessions.exceptions import ChangedMeanwhile
from sessions.models import Session, Slot, SlotChange
from sessions.slot_states import Places, SlotState, has_time, state_of

LOOKED_AT = 20  # steps of a session among which the one that touched a slot is looked for


def seen_row(session: Session, guid: UUID, seen: SlotState | None) -> Slot:
    """The slot under a lock; a refusal says who changed it if it is not what was seen."""
    rows = Slot.objects.draft().select_for_update(no_key=True, of=("self",))
    row = rows.filter(session=session, guid=guid).first()
    if row is None and Slot.objects.draft().filter(guid=guid).exists():
        raise Slot.DoesNotExist
    if row is None or state_of(row) != seen:
        raise changed_meanwhile(session, guid, row)
    return row


def new_row(session: Session, *, is_another: bool) -> Slot:
    """Where the session's new time goes: into a slot that waits for one, else into a slot not yet saved."""
    rows = list(Slot.objects.draft().select_for_update(no_key=True, of=("self",)).filter(session=session))
    placed = [row for row in rows if row.starts_at]
    if placed and not is_another:
        raise changed_meanwhile(session, placed[0].guid, placed[0])
    waiting = [row for row in rows if not row.starts_at]
    if waiting and not is_another:
        return waiting[0]
    # The first slot of a session is known by the session's own guid, so that calendars know it again.
    is_taken = Slot.objects.draft().filter(guid=session.guid).exists()
    return Slot(session=session) if is_taken else Slot(session=session, guid=session.guid)


def changed_meanwhile(session: Session, guid: UUID, row: Slot | None) -> ChangedMeanwhile:
    """A refusal that says who moved the slot, when, and where it is now."""
    state = state_of(row)
    words = {"title": session.title, "place": Places.of(session.edition).words(state)}
    step = last_step(session, guid)
    if step is None:
        return ChangedMeanwhile(
            _("“%(title)s” was changed meanwhile: %(place)s. Nothing of yours was saved.") % words
        )
    at = clock(step.undone_at or step.created_at, session.edition.zone)
    words |= {"who": step.changed_by.name if step.changed_by else _("somebody else"), "at": at}
    if has_time(state):
        return ChangedMeanwhile(
            _("%(who)s moved “%(title)s” at %(at)s: %(place)s. Nothing of yours was saved.") % words
        )
    return ChangedMeanwhile(
        _("%(who)s took “%(title)s” out of the timetable at %(at)s. Nothing of yours was saved.") % words
    )


def last_step(session: Session, guid: UUID) -> SlotChange | None:
    of_both = {session.pk, session.part_of_id or session.pk}  # a part moves along with its session
    steps = SlotChange.objects.filter(session__in=of_both).select_related("changed_by")[:LOOKED_AT]
    touching = [step for step in steps if str(guid) in step.after]
    return max(touching, key=lambda step: step.undone_at or step.created_at, default=None)
