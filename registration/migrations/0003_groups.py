"""The groups of people who work in the admin, and what each may do."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

VIEW, CHANGE, ADD, DELETE = "view", "change", "add", "delete"
LOOK, EDIT, WORK, ALL = (VIEW,), (VIEW, CHANGE), (VIEW, CHANGE, ADD), (VIEW, CHANGE, ADD, DELETE)

PROGRAMME = {
    "conference_sessions": {
        "session": ALL, "workshop": ALL, "sessiontype": ALL, "track": ALL, "slot": ALL, "appearance": ALL,
        "presentation": ALL, "presentationfile": ALL, "credit": ALL, "release": (VIEW, ADD),
    },
    "speakers": {"speaker": ALL, "invitation": (VIEW, ADD)},
    "conference": {
        "edition": EDIT, "editionorganisation": ALL, "partof": ALL, "series": LOOK, "theme": LOOK,
        "organisation": WORK, "venue": ALL, "room": ALL, "page": WORK,
    },
}  # fmt: skip
DESK = {
    "registration": {
        "registration": (*EDIT, "export", "needs"), "workshopbooking": EDIT, "registrationtype": LOOK,
    },
    "conference": {"user": LOOK, "edition": LOOK, "venue": LOOK, "room": LOOK},
    "conference_sessions": {"session": LOOK, "workshop": LOOK, "track": LOOK, "sessiontype": LOOK},
}  # fmt: skip
ORGANISER = {
    "conference_sessions": PROGRAMME["conference_sessions"],
    "speakers": PROGRAMME["speakers"],
    "conference": {
        **PROGRAMME["conference"], "edition": ALL, "series": ALL, "theme": ALL, "organisation": ALL, "page": ALL,
        "site": WORK, "user": WORK, "outbox": EDIT,
    },
    "registration": {**DESK["registration"], "registrationtype": ALL},
}  # fmt: skip
HELPER = {"registration": {"registration": LOOK}}

GROUPS = {
    "organiser": ORGANISER,
    "programme editor": PROGRAMME,
    "registration desk": DESK,
    "helper": HELPER,
}
CODENAMES = {"export": "export_registration", "needs": "view_needs"}


def make_groups(apps, schema_editor):
    make_permissions(apps)
    group_model, permission_model = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name, powers in GROUPS.items():
        group, _created = group_model.objects.get_or_create(name=name)
        group.permissions.set(
            permission_model.objects.get(content_type__app_label=app, codename=codename)
            for app, models in powers.items()
            for model, verbs in models.items()
            for codename in (CODENAMES.get(verb, f"{verb}_{model}") for verb in verbs)
        )


def make_permissions(apps):
    """Django makes them after the last migration; the groups need them now."""
    for app in ("conference", "speakers", "conference_sessions", "registration"):
        config = apps.get_app_config(app)
        before, config.models_module = getattr(config, "models_module", None), True
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = before


def remove_groups(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=GROUPS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("conference", "0001_initial"),
        ("speakers", "0001_initial"),
        ("conference_sessions", "0001_initial"),
        ("registration", "0002_permissions"),
    ]

    operations = [migrations.RunPython(make_groups, remove_groups)]
