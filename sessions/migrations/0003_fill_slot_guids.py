"""Give every slot a guid: the same one for the first, second, … slot of a session in the draft and in each release.

The sequence of a released slot tells, as it will from now on, whether the release before had it otherwise.
"""

import uuid

from django.db import migrations

SHOWN = ["starts_at", "ends_at", "room_id", "title_en", "title_nl", "room_name_en", "room_name_nl"]


def fill(apps, schema_editor):
    given = {}  # by session: the guids of its slots in order of time
    ranks = {}  # by session and release: how many of its slots were met
    slots = apps.get_model("conference_sessions", "Slot").objects.select_related("session")
    last = {}  # by guid: the slot in the release before
    for slot in slots.order_by("release_id", "starts_at", "pk"):
        guids = given.setdefault(slot.session_id, [slot.session.guid])
        rank = ranks.get((slot.session_id, slot.release_id), 0)
        if rank == len(guids):
            guids.append(uuid.uuid4())
        ranks[slot.session_id, slot.release_id] = rank + 1
        slot.guid = guids[rank]
        if slot.release_id:
            slot.sequence = sequence_after(last.get(slot.guid), slot)
            last[slot.guid] = slot
        slot.save(update_fields=["guid", "sequence"])


def sequence_after(before, slot):
    if before is None:
        return 0
    return before.sequence + any((getattr(before, name) or "") != (getattr(slot, name) or "") for name in SHOWN)


class Migration(migrations.Migration):
    dependencies = [("conference_sessions", "0002_living_schedule")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
