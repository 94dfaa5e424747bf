"""A worker killed in the middle of long work: nothing of it is half done, and the next one does it, nothing twice."""

# ruff: noqa: S608  the questions hold our own numbers
import json
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest

from tests.bench.site import ROOT, run
from tests.race.database import rows

pytestmark = pytest.mark.race

PATIENCE = 60  # seconds
TASKS = ("manage.py", "run_tasks")  # what the worker starts as its child
SEE_TO_GROUPS = (
    "-c",
    "import django; django.setup(); from registration.groups.latecomers import see_to_latecomers as see; see(); see()",
)
A_MAIL, A_WORD = 'INSERT INTO "conference_outbox"', 'SET "message"'
A_FILE, A_PLACE = 'SET "file"', 'INSERT INTO "registration_groupplace"'


@pytest.fixture(scope="module")
def work(site):
    return SimpleNamespace(env=site.env, **json.loads(run(site.env, "-m", "tests.race.dying")))


def killed(work, command, statement, number=1):
    """Whether a real process was killed before it made this statement for the so many-th time."""
    dying = {"DJANGO_SETTINGS_MODULE": "tests.race.dying_settings", "DIE_AT": f"{statement} #{number}"}
    done = subprocess.run(
        [sys.executable, *command], env=work.env | dying, cwd=ROOT, check=False, timeout=PATIENCE
    )
    return done.returncode == -signal.SIGKILL


def answers(work, question):
    """Single values, in order."""
    return [value for (value,) in rows(work.env, question)]


def bookings(work):
    of_edition = f"SELECT id FROM registration_registration WHERE edition_id = {work.edition}"
    return len(
        answers(work, f"SELECT id FROM registration_workshopbooking WHERE registration_id IN ({of_edition})")
    )


def certificates(work):
    return answers(
        work, f"SELECT number FROM registration_certificate WHERE edition_id = {work.edition} ORDER BY number"
    )


def dealt(work):
    return answers(work, f"SELECT registration_id FROM registration_groupplace WHERE plan_id = {work.plan}")


def files(work):
    """What lies in the folder of the tasks for the badges."""
    folder = Path(work.env["DATA_DIR"], "private", "tasks")
    return sorted(path.name for path in folder.glob(f"{work.guids[2]}*"))


def mails(work):
    """How many there are in all; nobody has one twice."""
    found = rows(work.env, f"SELECT recipient, subject FROM conference_outbox WHERE id > {work.last_mail}")
    assert len(found) == len(set(found))
    return len(found)


def states(work):
    """Of each task, and whether it has a file."""
    keys = ", ".join(map(str, work.tasks))
    return rows(work.env, f"SELECT status, file <> '' FROM conference_task WHERE id IN ({keys}) ORDER BY id")


def forgotten(work):
    """Their worker has said nothing for a day: they are begun anew."""
    change = "UPDATE conference_task SET beat_at = '2026-01-01 00:00:00+00:00' WHERE status = 'running'"
    if url := work.env.get("DATABASE_URL"):
        with psycopg.connect(url) as connection:
            connection.execute(change)
        return
    with closing(sqlite3.connect(f"{work.env['DATA_DIR']}/db.sqlite3")) as connection, connection:
        connection.execute(change)


def test_killed_in_the_middle_nothing_is_half_done_and_then_everything_once(work):
    everybody, first_portion = work.people, 50

    # Killed in the middle of each, one after the other.
    assert killed(work, TASKS, A_MAIL, 20)
    assert (bookings(work), mails(work)) == (0, 0)
    assert killed(work, TASKS, A_MAIL, first_portion + 5)
    assert (certificates(work), mails(work)) == ([*range(1, first_portion + 1)], first_portion)
    assert killed(work, TASKS, A_FILE)
    assert states(work) == [("running", 0)] * 3

    # Killed after the work, before anybody was told that it is done.
    forgotten(work)
    assert killed(work, TASKS, A_WORD)
    assert mails(work) == first_portion + everybody
    assert killed(work, TASKS, A_WORD)
    assert (certificates(work), mails(work)) == ([*range(1, everybody + 1)], 2 * everybody)
    once = bookings(work)

    forgotten(work)
    run(work.env, *TASKS)

    assert states(work) == [("done", 0), ("done", 0), ("done", 1)]
    assert bookings(work) == once > everybody
    assert certificates(work) == [*range(1, everybody + 1)]
    assert mails(work) == 2 * everybody
    assert files(work) == [work.guids[2]]


def test_killed_while_it_deals_latecomers_in_all_stays_and_then_each_has_one_group_and_one_mail(work):
    before, told_before = sorted(dealt(work)), mails(work)

    assert killed(work, SEE_TO_GROUPS, A_PLACE)
    assert sorted(dealt(work)) == before
    assert killed(work, SEE_TO_GROUPS, A_MAIL)
    assert mails(work) == told_before
    run(work.env, *SEE_TO_GROUPS)

    assert len(dealt(work)) == len(set(dealt(work))) == work.people
    assert mails(work) == told_before + work.late
