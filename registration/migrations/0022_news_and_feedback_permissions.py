"""Who writes news: organisers, and programme editors, who do not take it away again. Only organisers ask for feedback."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

POWERS = {
    "organiser": {
        "conference": {"newsitem": ("view", "add", "change", "delete")},
        "registration": {
            "feedbackplan": ("view", "add", "change", "delete"),
            "feedbackquestion": ("view", "add", "change", "delete"),
        },
    },
    "programme editor": {"conference": {"newsitem": ("view", "add", "change")}},
}


def permissions_of(apps, powers):
    for app, models in powers.items():
        for model, verbs in models.items():
            yield from apps.get_model("auth", "Permission").objects.filter(
                content_type__app_label=app, codename__in=[f"{verb}_{model}" for verb in verbs]
            )


def give(apps, schema_editor):
    """Django makes permissions after the last migration; the groups need them now."""
    for app in {app for powers in POWERS.values() for app in powers}:
        config = apps.get_app_config(app)
        before, config.models_module = getattr(config, "models_module", None), True
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = before
    for name, powers in POWERS.items():
        group, _created = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.add(*permissions_of(apps, powers))


def take(apps, schema_editor):
    for name, powers in POWERS.items():
        for group in apps.get_model("auth", "Group").objects.filter(name=name):
            group.permissions.remove(*permissions_of(apps, powers))


class Migration(migrations.Migration):
    dependencies = [
        ("conference", "0018_news"),
        ("registration", "0021_feedback"),
    ]
    operations = [migrations.RunPython(give, take)]
