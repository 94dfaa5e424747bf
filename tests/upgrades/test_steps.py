"""No migration breaks the version that still runs while it is applied, unless its danger is known and accepted."""

import pytest
from django.db import models
from django.db.migrations import operations as steps
from django.db.migrations.loader import MigrationLoader

from tests.upgrades.steps import FORMER, Step, dangers, new_steps

# What is accepted, as str() of the step says it, with the reason.
NEW_LANGUAGE = "the former version leaves the columns of a new language empty"
LANGUAGES = "conference.0017_content_in_french_and_german: Create constraint"
ACCEPTED: dict[str, str] = {
    f"{LANGUAGES} room_once_in_a_venue-fr on model room": NEW_LANGUAGE,
    f"{LANGUAGES} room_once_in_a_venue-de on model room": NEW_LANGUAGE,
    f"{LANGUAGES} venue_once_in_an_edition-fr on model venue": NEW_LANGUAGE,
    f"{LANGUAGES} venue_once_in_an_edition-de on model venue": NEW_LANGUAGE,
}


def fields_before(loader):
    state = loader.project_state(list(FORMER.items()))
    return {(app, model): dict(said.fields) for (app, model), said in state.models.items() if app in FORMER}


def test_the_former_version_lives_with_every_new_migration():
    loader = MigrationLoader(None)

    found = {str(step): why for step, why in dangers(list(new_steps(loader)), fields_before(loader))}

    assert {step: why for step, why in found.items() if step not in ACCEPTED} == {}
    assert sorted(set(ACCEPTED) - set(found)) == []  # what is no danger any more is not excused either


KNOWN = {
    ("app", "seat"): {
        "row": models.CharField(max_length=10),
        "note": models.TextField(null=True),
        "code": models.CharField(max_length=10),
    }
}


@pytest.mark.parametrize(
    ("operation", "is_dangerous"),
    [
        (steps.RemoveField("seat", "row"), True),
        (steps.RemoveField("seat", "younger"), False),
        (steps.RenameField("seat", "row", "line"), True),
        (steps.RenameModel("Seat", "Chair"), True),
        (steps.DeleteModel("Seat"), True),
        (steps.DeleteModel("Newer"), False),
        (steps.AddField("seat", "price", models.IntegerField(default=0)), True),
        (steps.AddField("seat", "price", models.IntegerField(db_default=0)), False),
        (steps.AddField("seat", "price", models.IntegerField(null=True)), False),
        (steps.AddField("seat", "friends", models.ManyToManyField("app.Seat")), False),
        (steps.AddField("newer", "price", models.IntegerField(default=0)), False),
        (steps.AlterField("seat", "note", models.TextField(default="")), True),
        (steps.AlterField("seat", "note", models.TextField(db_default="")), False),
        (steps.AlterField("seat", "row", models.CharField(max_length=5)), True),
        (steps.AlterField("seat", "row", models.CharField(max_length=20)), False),
        (steps.AlterField("seat", "row", models.IntegerField()), True),
        (steps.AlterField("seat", "code", models.CharField(max_length=10, unique=True)), True),
        (steps.AddConstraint("seat", models.UniqueConstraint(fields=["row"], name="one")), True),
        (steps.AddConstraint("newer", models.UniqueConstraint(fields=["row"], name="one")), False),
        (steps.AddIndex("seat", models.Index(fields=["row"], name="quick")), False),
        (steps.RunSQL("DROP TABLE seat"), True),
        (steps.SeparateDatabaseAndState(database_operations=[steps.RemoveField("seat", "row")]), True),
        (steps.SeparateDatabaseAndState(state_operations=[steps.RemoveField("seat", "row")]), False),
    ],
)
def test_what_would_break_it(operation, is_dangerous):
    found = list(dangers([Step("app", "0001_step", operation)], KNOWN))

    assert bool(found) is is_dangerous
