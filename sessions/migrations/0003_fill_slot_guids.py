"""Give every slot a guid: the same one for the first, second, … slot of a session in the draft and in each release."""

import uuid

from django.db import migrations


def fill(apps, schema_editor):
    given = {}  # by session: the guids of its slots in order of time
    ranks = {}  # by session and release: how many of its slots were met
    slots = apps.get_model("conference_sessions", "Slot").objects.select_related("session")
    for slot in slots.order_by("release_id", "starts_at", "pk"):
        guids = given.setdefault(slot.session_id, [slot.session.guid])
        rank = ranks.get((slot.session_id, slot.release_id), 0)
        if rank == len(guids):
            guids.append(uuid.uuid4())
        ranks[slot.session_id, slot.release_id] = rank + 1
        slot.guid = guids[rank]
        slot.save(update_fields=["guid"])


class Migration(migrations.Migration):
    dependencies = [("conference_sessions", "0002_living_schedule")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
