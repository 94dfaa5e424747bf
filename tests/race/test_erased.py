"""Somebody closes their account by its page; then everything that lies on the disk is searched for a trace of them."""

import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from conference.backup.databases import found as program
from tests.bench.site import ROOT, scratch_site
from tests.canary_everywhere import ADDRESS, CANARY
from tests.conference.smtp_server import smtp_server
from tests.race.database import scratch_database

pytestmark = pytest.mark.race

BUILT = "static"  # what the program brings along


def dump(env):
    """Every byte that the site keeps: the database as its own program writes it down, and all files of the folder."""
    kept = {
        str(path.relative_to(env["DATA_DIR"])): path.read_bytes()
        for path in Path(env["DATA_DIR"]).rglob("*")
        if path.is_file() and BUILT not in path.relative_to(env["DATA_DIR"]).parts
    }
    if url := env.get("DATABASE_URL"):
        command = [program("pg_dump"), "--inserts", f"--dbname={url}"]
        kept["pg_dump"] = subprocess.run(command, capture_output=True, check=True).stdout
    return kept


def places(kept, word):
    return sorted(name for name, content in kept.items() if word.lower().encode() in content.lower())


def told(env, *command):
    done = subprocess.run(
        [sys.executable, *map(str, command)], env=env, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    with scratch_database("conference_erased") as url, scratch_site(url) as env, smtp_server() as mail:
        env |= {"EMAIL_URL": f"smtp://127.0.0.1:{mail.server_address[1]}", "STAFF_SECOND_FACTOR": "no"}
        env |= {"LOG_LEVEL": "INFO"}
        step = ("-m", "tests.race.erasing")
        known = json.loads(told(env, *step, "fill").stdout)
        before = dump(env)
        closing = told(env, *step, "close", known["number"])
        worker = told(env, "manage.py", "worker", "--once")
        closed = tmp_path_factory.mktemp("beside") / "closed.json"
        told(env, "manage.py", "erase_again", "--save", closed)
        look = told(env, *step, "look")
        yield SimpleNamespace(
            known=known,
            before=before,
            after=dump(env),
            done=json.loads(closing.stdout.splitlines()[-1]),
            look=json.loads(look.stdout),
            logs=closing.stderr + worker.stderr + worker.stdout,
            mails=mail.mails,
            closed=closed.read_text(),
        )


def test_there_was_something_of_hers_in_every_field_of_the_register(story):
    assert story.known["not_filled"] == []
    assert places(story.before, CANARY)
    assert [code for code in story.known["codes"] if not places(story.before, code)] == []


def test_her_own_button_closed_it(story):
    assert story.done == {"walked": [200, 200, 200, 200], "closed": True, "there": False}


def test_no_byte_of_database_and_files_says_who_it_was(story):
    assert places(story.after, CANARY) == []


def test_no_code_key_or_network_address_is_left_but_that_of_the_revoked_certificate(story):
    left = {code for code in story.known["codes"] if places(story.after, code)}

    assert left == set(story.known["stay"])


def test_neither_sessions_nor_cache_remember_her(story):
    assert story.look["left"] == []


def test_logs_do_not_name_her(story):
    assert CANARY not in story.logs.lower()


def test_one_last_mail_reached_her_and_the_list_beside_backups_holds_a_number_and_a_hash(story):
    hers = [mail.decode() for mail in story.mails if f"To: {ADDRESS}".encode() in mail]

    assert len(hers) == 1
    assert "Your account is closed" in hers[0]
    assert [sorted(one) for one in json.loads(story.closed)] == [["mark", "name_stays", "number"]]
    assert CANARY not in story.closed
