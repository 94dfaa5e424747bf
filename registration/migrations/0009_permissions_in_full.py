"""What the groups may do with questions, rounds, groups, check-in, certificates and what belongs to them."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

VIEW, CHANGE, ADD, DELETE = "view", "change", "add", "delete"
LOOK, EDIT, NOTE, ALL = (VIEW,), (VIEW, CHANGE), (VIEW, ADD, CHANGE), (VIEW, CHANGE, ADD, DELETE)

ORGANISER = {
    "registration": {
        "question": ALL, "questionoption": ALL, "answer": LOOK, "invoicerequest": EDIT, "claim": LOOK,
        "placechange": LOOK, "round": ALL, "roundworkshop": ALL, "preference": LOOK, "allocation": (VIEW, ADD),
        "fixedplace": ALL, "groupplan": ALL, "group": ALL, "groupplace": ALL, "outcome": ALL, "checkin": NOTE,
        "certificaterule": ALL, "certificate": NOTE,
    },
    "conference_sessions": {"competence": ALL},
    "conference": {"membership": ALL},
}  # fmt: skip
EDITOR = {
    "registration": {"groupplan": ALL, "group": ALL, "outcome": EDIT},
    "conference_sessions": {"competence": ALL},
}
DESK = {
    "registration": {
        "question": LOOK, "questionoption": LOOK, "answer": LOOK, "invoicerequest": EDIT, "claim": LOOK,
        "placechange": LOOK, "round": LOOK, "roundworkshop": LOOK, "preference": LOOK, "groupplan": LOOK,
        "group": LOOK, "groupplace": LOOK, "checkin": NOTE, "certificate": LOOK,
    },
    "conference": {"membership": LOOK},
}  # fmt: skip
HELPER = {"registration": {"checkin": NOTE}}
GROUPS = {"organiser": ORGANISER, "programme editor": EDITOR, "registration desk": DESK, "helper": HELPER}


def permissions_of(apps, powers):
    for app, models in powers.items():
        for model, verbs in models.items():
            for verb in verbs:
                yield apps.get_model("auth", "Permission").objects.get(
                    content_type__app_label=app, codename=f"{verb}_{model}"
                )


def make_permissions(apps):
    """Django makes them after the last migration; the groups need them now."""
    for app in ("conference", "conference_sessions", "registration"):
        config = apps.get_app_config(app)
        before, config.models_module = getattr(config, "models_module", None), True
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = before


def give(apps, schema_editor):
    make_permissions(apps)
    for name, powers in GROUPS.items():
        group, _created = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.add(*permissions_of(apps, powers))


def take(apps, schema_editor):
    for name, powers in GROUPS.items():
        for group in apps.get_model("auth", "Group").objects.filter(name=name):
            group.permissions.remove(*permissions_of(apps, powers))


class Migration(migrations.Migration):
    dependencies = [
        ("conference", "0006_membership_tasks_enclosures"),
        ("conference_sessions", "0006_competences"),
        ("registration", "0008_codes_are_unique"),
    ]
    operations = [migrations.RunPython(give, take)]
