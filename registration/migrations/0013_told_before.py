"""Whoever sat in a published group before groups were told by mail need not be written to now."""

from django.db import migrations
from django.db.models import F


def take_as_told(apps, schema_editor):
    places = apps.get_model("registration", "GroupPlace").objects
    places.filter(plan__is_published=True, told=None).update(told=F("group"))


class Migration(migrations.Migration):
    dependencies = [("registration", "0012_told_group")]

    operations = [migrations.RunPython(take_as_told, migrations.RunPython.noop)]
