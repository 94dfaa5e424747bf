"""The slots of a release, made from the draft and from the release before it; knows nothing of the database.

In:  draft slots with session, room and `session.appearances`, and all slots of the last release.
Out: slots that are not saved: each draft slot as it is now, and a tombstone for each slot that is gone.
A slot keeps its guid through all releases. Its sequence grows when its time, room or title changed, when it is cancelled
and when it comes back.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID

from django.conf import settings
from modeltranslation.utils import build_localized_fieldname

from conference.dates import LAST
from sessions.models import Slot

LANGUAGES = [code for code, _name in settings.LANGUAGES]
TITLES = [build_localized_fieldname("title", code) for code in LANGUAGES]
ROOM_NAMES = [build_localized_fieldname("room_name", code) for code in LANGUAGES]
SHOWN = ["starts_at", "ends_at", "room_id", *TITLES, *ROOM_NAMES]  # a change of these raises the sequence
KEPT = ["guid", "session_id", "speaker_names", *SHOWN]


def known_again(drafts: Iterable[Slot], last: Iterable[Slot]) -> list[Slot]:
    """Draft slots that got another guid here, because they stand for one that was released and is gone.

    Whoever deletes a time and enters another has moved it. The first slot of a session carries the session's own guid.
    """
    mine, theirs = defaultdict(list), defaultdict(list)
    for slot in last:
        theirs[slot.session_id].append(slot)
    for slot in drafts:
        mine[slot.session_id].append(slot)
    return [slot for key, slots in mine.items() for slot in _paired(slots, theirs[key])]


def _paired(drafts: list[Slot], last: list[Slot]) -> list[Slot]:
    released, present = {slot.guid for slot in last}, {slot.guid for slot in drafts}
    new = sorted((slot for slot in drafts if slot.guid not in released), key=_time)
    # What was to be seen until now comes before what was cancelled earlier and now comes back.
    in_order = sorted(last, key=lambda slot: (slot.is_cancelled, _time(slot)))
    gone = [slot.guid for slot in in_order if slot.guid not in present]
    own = drafts[0].session.guid
    if own not in released | present:
        gone.append(own)
    for slot, guid in zip(new, gone, strict=False):
        slot.guid = guid
    return new[: len(gone)]


def _time(slot: Slot) -> tuple[datetime, int]:
    return slot.starts_at or LAST, slot.pk


def frozen_draft(drafts: Iterable[Slot], last: Iterable[Slot]) -> list[Slot]:
    """What a release made of this draft holds."""
    before = {slot.guid: slot for slot in last}
    now = {slot.guid: frozen(slot) for slot in drafts}
    for guid, slot in now.items():
        slot.sequence = sequence_after(before.get(guid), slot)
    return [*now.values(), *(tombstone(slot) for guid, slot in before.items() if guid not in now)]


def frozen(slot: Slot) -> Slot:
    names = dict.fromkeys(a.speaker.public_name for a in slot.session.appearances.all())
    copy = Slot(
        guid=slot.guid,
        session=slot.session,
        room=slot.room,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        speaker_names=", ".join(names),
    )
    for title, room_name, code in zip(TITLES, ROOM_NAMES, LANGUAGES, strict=True):
        setattr(copy, title, getattr(slot.session, title))
        room = getattr(slot.room, build_localized_fieldname("name", code)) if slot.room else ""
        setattr(copy, room_name, room)
    return copy


def sequence_after(before: Slot | None, slot: Slot) -> int:
    if before is None:
        return 0
    return before.sequence + (before.is_cancelled or is_different(before, slot))


def is_different(one: Slot, other: Slot) -> bool:
    return any((getattr(one, name) or "") != (getattr(other, name) or "") for name in SHOWN)


def tombstone(slot: Slot) -> Slot:
    """The slot as it was last, marked as cancelled; one that is so already stays as it is."""
    copy = Slot(**{name: getattr(slot, name) for name in KEPT}, is_cancelled=True)
    copy.sequence = slot.sequence + (not slot.is_cancelled)
    return copy


def with_other_names(before: Iterable[Slot], after: Iterable[Slot]) -> set[UUID]:
    """Slots that stay and whose speakers are other ones."""
    names = {slot.guid: slot.speaker_names for slot in before if not slot.is_cancelled}
    stay = [slot for slot in after if not slot.is_cancelled and slot.guid in names]
    return {slot.guid for slot in stay if slot.speaker_names != names[slot.guid]}


def fingerprint(slots: Iterable[Slot]) -> str:
    """The same for the same content of a release, however often it is made."""
    lines = sorted(repr([_plain(slot, name) for name in [*KEPT, "is_cancelled"]]) for slot in slots)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _plain(slot: Slot, name: str) -> str:
    value = getattr(slot, name)
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value or "")
