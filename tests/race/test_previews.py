"""Each preview is made once however many ask and work at once, and a worker that is killed leaves nothing behind."""

# ruff: noqa: S608  the questions hold our own numbers
import json
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.bench.site import run
from tests.race.database import rows
from tests.race.previews import AT_ONCE, CONTENTS, WAITING
from tests.race.test_dying import TASKS, killed

pytestmark = pytest.mark.race

UNLOCKED = {"DJANGO_SETTINGS_MODULE": "tests.race.unlocked_settings"}
A_SIGN_OF_LIFE = 'UPDATE "conference_sessions_preview" SET "done"'
THE_PAGES = 'INSERT INTO "conference_sessions_previewpage"'


def played(env, what):
    return json.loads(run(env, "-m", "tests.race.previews", what))


def test_the_same_content_from_several_people_at_once_has_one_preview(site):
    assert played(site.env, "ask") == {"versions": [AT_ONCE] * CONTENTS, "previews": CONTENTS}


def test_each_preview_is_taken_by_one_worker(site):
    assert played(site.env, "take") == {"taken": WAITING, "different": WAITING}


@pytest.mark.postgresql
def test_without_the_lock_some_are_taken_twice(site):
    found = played(site.env | UNLOCKED, "take")

    assert found["taken"] > found["different"] == WAITING


def state(work, preview):
    return rows(
        work.env,
        f"SELECT state, attempts, page_count FROM conference_sessions_preview WHERE id = {preview['pk']}",
    )[0]


def change(work, statement):
    if url := work.env.get("DATABASE_URL"):
        with psycopg.connect(url) as connection:
            connection.execute(statement)
        return
    with closing(sqlite3.connect(f"{work.env['DATA_DIR']}/db.sqlite3")) as connection, connection:
        connection.execute(statement)


def set_state(work, preview, state):
    change(work, f"UPDATE conference_sessions_preview SET state = '{state}' WHERE id = {preview['pk']}")


def silent_for_long(work):
    """Its worker is dead: the next one may begin."""
    change(
        work,
        "UPDATE conference_sessions_preview SET beat_at = '2026-01-01 00:00:00+00:00' WHERE state = 'running'",
    )


def files(work, preview):
    """Pictures in the store, and whatever was being drawn."""
    data, sha256 = Path(work.env["DATA_DIR"]), preview["sha256"]
    places = data / "private" / "previews" / sha256[:2] / sha256, data / "previews-begun" / sha256
    return [len(list(place.glob("*"))) for place in places]


def drawing(preview):
    """Whether a process still draws this preview."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if preview["sha256"].encode() in (process / "cmdline").read_bytes():
                return True
        except OSError:
            continue
    return False


def test_a_killed_worker_leaves_nothing_and_after_three_the_preview_is_given_up(site):
    once, often = played(site.env, "load")

    assert killed(site, TASKS, A_SIGN_OF_LIFE, 2)
    time.sleep(1)
    assert not drawing(once)
    assert state(site, once)[:2] == ("running", 1)
    set_state(site, often, "none")
    silent_for_long(site)
    run(site.env, *TASKS)
    assert state(site, once) == ("done", 2, 3)
    assert files(site, once) == [6, 0]

    set_state(site, often, "waiting")
    for attempt in (1, 2, 3):
        assert killed(site, TASKS, THE_PAGES)
        assert state(site, often)[:2] == ("running", attempt)
        assert files(site, often)[0] == 6
        silent_for_long(site)
    run(site.env, *TASKS)

    assert state(site, often) == ("failed", 3, 0)
    assert files(site, often) == [0, 0]
    assert files(site, once) == [6, 0]
