"""Each migration that moves data, seen on rows as they were before it and as they are after it."""

import json

import pytest
from django.db.migrations import RunPython
from django.db.migrations.loader import MigrationLoader

from tests.bench.site import run, scratch_environment
from tests.race.database import scratch_database
from tests.upgrades.steps import FORMER

pytestmark = pytest.mark.race  # a database of its own, walked from the first migration to the last

PROGRAMME = ["organiser", "programme editor"]
DESK = ["helper", "organiser", "registration desk"]


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    with scratch_database("conference_steps", is_empty=True) as url:
        env = scratch_environment(str(tmp_path_factory.mktemp("steps")), url)
        yield json.loads(run(env, "-m", "tests.upgrades.data_steps").splitlines()[-1])


def test_every_step_that_moves_data_has_its_rows_here(walked):
    assert walked["unknown"] == []


def test_each_step_leaves_what_it_promises(walked):
    assert walked["seen"] == {
        "conference.0002_cache_table": True,
        "conference.0004_fill_room_addresses": [["room-a", "room-a-2", "room"], 3],
        "conference_sessions.0003_fill_slot_guids": [2, True, [0, 0]],
        "conference_sessions.0005_old_releases_are_told": [1, 0],
        "conference_sessions.0010_search_index": [1, 0],
        "conference_sessions.0011_library_words": {"Audience": 10, "Level": 8, "Subject": 14},
        "conference_sessions.0016_library_words_in_french_and_german": [
            [None, None],  # called otherwise, so nobody knows its name in another language
            ["Chercheurs", "Forschung"],
            ["Profs", "Lehrkräfte"],
        ],
        "registration.0003_groups": {
            "add_session": PROGRAMME,
            "export_registration": ["organiser", "registration desk"],
        },
        "registration.0005_schedule_permissions": {"add_topic": PROGRAMME},
        "registration.0007_fill_codes": [[32], 2, True],
        "registration.0009_permissions_in_full": {"add_checkin": DESK, "add_round": ["organiser"]},
        "registration.0013_told_before": [True, False],
        "registration.0018_library_permissions": {"add_publication": PROGRAMME},
        "registration.0022_news_and_feedback_permissions": {
            "add_newsitem": PROGRAMME,
            "delete_newsitem": ["organiser"],
            "add_feedbackplan": ["organiser"],
        },
        "registration.0024_letter_permissions": {
            "add_letter": ["organiser"],
            "change_mailtext": ["organiser"],
        },
    }


def test_each_step_that_moves_data_can_be_taken_back():
    migrations = MigrationLoader(None).disk_migrations

    stuck = {
        key
        for key, migration in migrations.items()
        for step in migration.operations
        if key[0] in FORMER and isinstance(step, RunPython) and not step.reversible
    }

    assert stuck == set()
