"""Organisers write letters and the words of automatic mails; nobody else does."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

MODELS = {"registration": ("letter", "addressee"), "conference": ("mailtext",)}


def permissions_of(apps):
    permissions = apps.get_model("auth", "Permission").objects
    for app, models in MODELS.items():
        wanted = [f"{verb}_{model}" for verb in ("view", "add", "change", "delete") for model in models]
        yield from permissions.filter(content_type__app_label=app, codename__in=wanted)


def give(apps, schema_editor):
    """Django makes permissions after the last migration; the group needs them now."""
    for app in MODELS:
        config = apps.get_app_config(app)
        before, config.models_module = getattr(config, "models_module", None), True
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = before
    for group in apps.get_model("auth", "Group").objects.filter(name="organiser"):
        group.permissions.add(*permissions_of(apps))


def take(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name="organiser"):
        group.permissions.remove(*permissions_of(apps))


class Migration(migrations.Migration):
    dependencies = [("conference", "0020_mail_texts"), ("registration", "0023_letters")]
    operations = [migrations.RunPython(give, take)]
