"""Nobody is told of what was released before there were mails about releases."""

from django.db import migrations
from django.utils import timezone


def tell(apps, schema_editor):
    apps.get_model("conference_sessions", "Release").objects.filter(told_at=None).update(told_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [("conference_sessions", "0004_slot_guids")]
    operations = [migrations.RunPython(tell, migrations.RunPython.noop)]
