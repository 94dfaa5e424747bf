"""What the groups may do with topics, links, times of speakers and the steps of editing the draft."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

ALL = ("view", "change", "add", "delete")
PROGRAMME = {
    "conference_sessions": {"topic": ALL, "sessionlink": ALL, "slotchange": ("view",)},
    "speakers": {"availability": ALL},
}
GROUPS = ("organiser", "programme editor")


def permissions_of(apps):
    for app, models in PROGRAMME.items():
        config = apps.get_app_config(app)
        before, config.models_module = getattr(config, "models_module", None), True
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = before
        for model, verbs in models.items():
            for verb in verbs:
                yield apps.get_model("auth", "Permission").objects.get(
                    content_type__app_label=app, codename=f"{verb}_{model}"
                )


def give(apps, schema_editor):
    permissions = list(permissions_of(apps))
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.add(*permissions)


def take(apps, schema_editor):
    permissions = list(permissions_of(apps))
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.remove(*permissions)


class Migration(migrations.Migration):
    dependencies = [
        ("speakers", "0002_availability_and_origin"),
        ("conference_sessions", "0004_slot_guids"),
        ("registration", "0004_calendar_feed"),
    ]
    operations = [migrations.RunPython(give, take)]
