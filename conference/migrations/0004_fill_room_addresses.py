"""Give every room that is there already an address and a guid of its own."""

import uuid

from django.db import migrations
from django.utils.text import slugify


def fill(apps, schema_editor):
    taken = set()
    for room in apps.get_model("conference", "Room").objects.select_related("venue").order_by("pk"):
        wish = slugify(room.name)[:70] or "room"
        room.slug, number = wish, 2
        while (room.venue.edition_id, room.slug) in taken:
            room.slug, number = f"{wish}-{number}", number + 1
        taken.add((room.venue.edition_id, room.slug))
        room.guid = uuid.uuid4()
        room.save(update_fields=["slug", "guid"])


class Migration(migrations.Migration):
    dependencies = [("conference", "0003_content_version")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
