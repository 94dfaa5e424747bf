"""The drill: a backup while people register and upload, put back on an empty machine, where everything still works."""

import json
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.bench.site import ROOT, run, scratch_environment, scratch_site
from tests.race.database import rows, scratch_database

pytestmark = pytest.mark.race

STEP = ("-m", "tests.race.restoring")
OWN = {"STAFF_SECOND_FACTOR": "no"}  # so that a phone is asked only for what was set up


@pytest.fixture(scope="module")
def site():
    with scratch_database("conference_to_keep") as url, scratch_site(url) as env:
        env |= OWN
        yield SimpleNamespace(env=env, known=run(env, *STEP, "fill"))


@pytest.fixture
def empty(site, tmp_path):
    """A machine with nothing on it but the program, and the static files which each start of a site makes."""
    shutil.copytree(f"{site.env['DATA_DIR']}/static", tmp_path / "data" / "static")
    with scratch_database("conference_put_back", is_empty=True) as url:
        yield scratch_environment(str(tmp_path / "data"), url) | OWN


def told(env, *command):
    return subprocess.run(
        [sys.executable, "manage.py", *map(str, command)],
        env=env,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def kept(site, tmp_path_factory):
    """A backup, and a second one that builds on it, both made while somebody registers and uploads without a pause."""
    folder = tmp_path_factory.mktemp("kept")
    writing = subprocess.Popen(
        [sys.executable, *STEP, "write", site.known],
        env=site.env, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert writing.stdout.readline() == "writing\n"
    full = told(site.env, "backup", folder / "full.tar")
    more = told(site.env, "backup", folder / "more.tar", "--since", folder / "full.tar")
    written = json.loads(writing.communicate("enough\n", timeout=60)[0])["written"]
    assert (full.returncode, more.returncode) == (0, 0), full.stderr + more.stderr
    return SimpleNamespace(folder=folder, written=written)


def manifest(path):
    with tarfile.open(path) as archive:
        return json.load(archive.extractfile("manifest.json"))


def test_a_backup_while_people_write_lacks_no_file_of_its_rows(kept):
    full, more = manifest(kept.folder / "full.tar"), manifest(kept.folder / "more.tar")

    assert kept.written > 3
    assert (full["missing"], more["missing"]) == ([], [])
    assert len(more["files"]) > len(full["files"]) > 1
    assert oct((kept.folder / "full.tar").stat().st_mode & 0o777) == "0o600"


def test_the_second_backup_holds_only_files_that_are_new(kept):
    full, more = manifest(kept.folder / "full.tar"), manifest(kept.folder / "more.tar")
    with tarfile.open(kept.folder / "more.tar") as archive:
        own = {name for name in archive.getnames() if name.startswith("private/")}

    assert own
    assert own == {f"private/{one['name']}" for one in more["files"] if one["kept_in"] == more["id"]}
    assert not own & {f"private/{one['name']}" for one in full["files"]}


@pytest.mark.parametrize("name", ["full.tar", "more.tar"])
def test_on_an_empty_machine_everything_works_as_before(site, kept, empty, name):
    done = told(empty, "restore", kept.folder / name)

    assert done.returncode == 0, done.stderr
    assert "all as they were" in done.stdout
    assert "SECRET_KEY" not in done.stdout  # the generated one came along
    seen = json.loads(run(empty, *STEP, "ask", site.known))
    assert {key: seen[key] for key in ("logged_in", "second", "welcome", "address")} == {
        "logged_in": True, "second": True, "welcome": ["welcome"], "address": 200,
    }  # fmt: skip
    sums = {one["name"]: one["sha256"] for one in manifest(kept.folder / name)["files"]}
    assert seen["files"]
    assert all(sums[file] == digest for file, digest in seen["files"].items())
    lonely = (
        "SELECT count(*) FROM registration_registration WHERE user_id NOT IN (SELECT id FROM conference_user)"
    )
    assert rows(empty, lonely) == [(0,)]


def status_of(env, recipient):
    ((status,),) = rows(env, f"SELECT status FROM conference_outbox WHERE recipient = '{recipient}'")  # noqa: S608
    return status


def test_mail_that_waited_is_held_and_goes_only_when_somebody_releases_it(kept, empty):
    told(empty, "restore", kept.folder / "full.tar")

    told(empty, "worker", "--once")
    assert status_of(empty, "waits@example.org") == "held"
    assert status_of(empty, "code@example.org") == "failed"
    release = (
        "import django; django.setup(); from conference.models import Outbox; from conference.services.outbox import"
        " send_again; send_again(mail=Outbox.objects.get(recipient='waits@example.org'))"
    )
    run(empty, "-c", release)
    told(empty, "worker", "--once")
    assert status_of(empty, "waits@example.org") == "sent"


def test_who_closed_their_account_since_is_gone_again(site, kept, empty, tmp_path):
    ada = json.loads(site.known)["email"]
    close = (
        "import django; django.setup(); from conference.models import User; from conference.accounts.closing import"
        f" close_account; close_account(user=User.objects.get(email='{ada}'))"
    )
    there = f"SELECT count(*) FROM conference_user WHERE email = '{ada}'"  # noqa: S608  our own address
    run(site.env, "-c", close)
    told(site.env, "erase_again", "--save", tmp_path / "closed.json")
    assert rows(site.env, there) == [(0,)]

    done = told(empty, "restore", kept.folder / "more.tar", "--closed", tmp_path / "closed.json")

    assert "1 accounts that were closed since are closed again" in done.stdout, done.stderr
    assert rows(empty, there) == [(0,)]
    assert ada not in (tmp_path / "closed.json").read_text()


def test_a_site_with_accounts_is_never_overwritten(site, kept):
    before = rows(site.env, "SELECT count(*) FROM conference_user")

    done = told(site.env, "restore", kept.folder / "full.tar")

    assert (done.returncode, "has accounts already" in done.stderr) == (1, True)
    assert rows(site.env, "SELECT count(*) FROM conference_user") == before


def test_a_restore_that_was_cut_off_sends_nothing_and_is_begun_again(kept, empty):
    told(empty, "restore", kept.folder / "full.tar")
    begun = Path(empty["DATA_DIR"], ".restore-begun")
    assert not begun.exists()
    begun.touch()

    worker = told(empty, "worker", "--once")
    again = told(empty, "restore", kept.folder / "full.tar")

    assert (worker.returncode, "A restore was cut off" in worker.stderr) == (1, True)
    assert (again.returncode, begun.exists()) == (0, False), again.stderr
    assert status_of(empty, "waits@example.org") == "held"


def test_a_damaged_backup_changes_nothing(kept, empty, tmp_path):
    data = bytearray((kept.folder / "full.tar").read_bytes())
    place = data.index(b"%PDF-1.7 first")
    data[place : place + 8] = b"%PDF-9.9"
    (tmp_path / "bad.tar").write_bytes(data)
    (tmp_path / "cut.tar").write_bytes(data[: len(data) // 2])

    bad, cut = told(empty, "restore", tmp_path / "bad.tar"), told(empty, "restore", tmp_path / "cut.tar")

    assert (bad.returncode, "is damaged in this backup" in bad.stderr) == (1, True)
    assert (cut.returncode, "is not a whole backup" in cut.stderr) == (1, True)
    assert told(empty, "restore", kept.folder / "full.tar").returncode == 0


def test_a_backup_without_the_one_it_builds_on_says_which(kept, empty, tmp_path):
    (tmp_path / "more.tar").write_bytes((kept.folder / "more.tar").read_bytes())

    done = told(empty, "restore", tmp_path / "more.tar")

    assert (done.returncode, "needs full.tar beside it" in done.stderr) == (1, True)


def test_no_backup_is_overwritten_and_none_is_left_half(site, kept):
    again = told(site.env, "backup", kept.folder / "full.tar")
    nowhere = told(site.env, "backup", kept.folder / "no folder" / "x.tar")

    assert (again.returncode, "exists already" in again.stderr) == (1, True)
    assert (nowhere.returncode, "nothing of it was kept" in nowhere.stderr) == (1, True)
    assert sorted(path.name for path in kept.folder.iterdir()) == ["full.tar", "more.tar"]
    assert not list(Path(site.env["DATA_DIR"]).glob(".backup-*"))


def test_another_key_is_said_at_once(kept, empty):
    done = told(empty | {"SECRET_KEY": "x" * 60}, "restore", kept.folder / "full.tar")

    assert (done.returncode, "put the former one into SECRET_KEY" in done.stdout) == (0, True)
