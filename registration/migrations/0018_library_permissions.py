"""What the groups may do with the words of the library, its publications, previews, and the ways to its files."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

VIEW, CHANGE, ADD, DELETE = "view", "change", "add", "delete"
LOOK, ALL = (VIEW,), (VIEW, CHANGE, ADD, DELETE)
LIBRARY = {
    "topicword": ALL, "formertopic": LOOK, "audience": ALL, "level": ALL, "subject": ALL, "publication": ALL,
    "publicationpart": ALL, "slidesreminder": ALL, "uploadlink": LOOK, "preview": LOOK, "previewpage": LOOK,
}  # fmt: skip
GROUPS = ("organiser", "programme editor")


def permissions_of(apps):
    wanted = [f"{verb}_{model}" for model, verbs in LIBRARY.items() for verb in verbs]
    permissions = apps.get_model("auth", "Permission").objects
    return permissions.filter(content_type__app_label="conference_sessions", codename__in=wanted)


def give(apps, schema_editor):
    """Django makes permissions after the last migration; the groups need them now."""
    config = apps.get_app_config("conference_sessions")
    before, config.models_module = getattr(config, "models_module", None), True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = before
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.add(*permissions_of(apps))


def take(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.remove(*permissions_of(apps))


class Migration(migrations.Migration):
    dependencies = [
        ("conference_sessions", "0011_library_words"),
        ("registration", "0017_file_sums"),
    ]
    operations = [migrations.RunPython(give, take)]
