"""A backup made in the middle of a mixed day, behind nginx and on PostgreSQL, put back where nothing was before."""

import hashlib
import json
import shutil
import tarfile
from threading import Thread
from types import SimpleNamespace

import pytest

from sessions.files.documents import make_pdf
from tests.bench.day import PAUSE, Day, loaded, spend_day
from tests.bench.sending import BOUNDARY, body_of
from tests.bench.site import run, scratch_environment
from tests.prepared import copy_site
from tests.proxy.site import behind_nginx, public, wait_until
from tests.proxy.visitor import Visitor
from tests.race.database import rows, scratch_database

pytestmark = [pytest.mark.race, pytest.mark.nginx, pytest.mark.postgresql]

LONGEST = 120  # seconds; it ends as soon as the backup is made
LAST = 20  # newcomers who come after the restore
SMALL = {"newcomers": 320, "tickets": 200, "sessions": 20, "files": 10, "file": 20_000}
NEWCOMERS = (
    "registration_registration r JOIN conference_user u ON u.id = r.user_id WHERE u.email LIKE 'newcomer%'"
)
FILES = "SELECT file, sha256 FROM conference_sessions_presentationfile"
# A registration without its person, its line in the log or its mail; a download of nothing.
HALVES = [
    "SELECT count(*) FROM registration_registration WHERE user_id NOT IN (SELECT id FROM conference_user)",
    f"SELECT count(*) FROM {NEWCOMERS} AND NOT EXISTS "  # noqa: S608  our own words, here and below
    "(SELECT 1 FROM registration_placechange c WHERE c.registration_id = r.id)",
    f"SELECT count(*) FROM {NEWCOMERS} AND NOT EXISTS "  # noqa: S608
    "(SELECT 1 FROM conference_outbox o WHERE o.recipient = u.email)",
    "SELECT count(*) FROM registration_download WHERE version_id NOT IN "
    "(SELECT id FROM conference_sessions_presentationfile)",
]


def handing_in(folder):
    """A speaker who sends one file after the other, each with contents of its own."""

    def part(server, at, chance):
        visitor, number = Visitor(server), 0
        kind = f"multipart/form-data; boundary={BOUNDARY}"
        while True:
            number += 1
            file = folder / f"talk-{number}.pdf"
            file.write_bytes(make_pdf(f"Talk {number}", ["one"]))
            before, after = body_of("", file)
            body = before + file.read_bytes() + after
            yield lambda body=body: visitor.post(at.link, body, Content_Type=kind).status, {302}

    return part


def count(env, of):
    return rows(env, f"SELECT count(*) FROM {of}")[0][0]  # noqa: S608


def happened(env):
    """Registrations, files, downloads and scans until now."""
    tables = ("conference_sessions_presentationfile", "registration_download", "registration_checkin")
    return [count(env, NEWCOMERS), *(count(env, table) for table in tables)]


def is_further(now, then):
    return all(one > other for one, other in zip(now, then, strict=True))


@pytest.fixture(scope="module")
def day(tmp_path_factory):
    """What was there before the backup, in it, and after it, and what the day says of itself."""
    folder = tmp_path_factory.mktemp("day")
    with scratch_database("conference_day") as url:
        copy_site(folder / "data")
        env = public(scratch_environment(str(folder / "data"), url))
        at = loaded(env, **SMALL)
        at.newcomers, late = at.newcomers[:-LAST], at.newcomers[-LAST:]
        at.link = run(env, "-m", "tests.bench.upload_link").strip()
        begin, found = happened(env), SimpleNamespace(env=env, file=folder / "backup.tar", at=at, late=late)
        with behind_nginx(env) as server:
            found.spent = Day(LONGEST)
            parts = [("hand in", handing_in(folder))]
            going = Thread(target=spend_day, args=(found.spent, server, at, parts))
            going.start()
            try:
                assert wait_until(lambda: is_further(happened(env), begin), LONGEST / 2)
                found.before = happened(env)
                found.said = run(env, "manage.py", "backup", str(found.file))
                assert wait_until(lambda: is_further(happened(env), found.before), LONGEST / 4)
                found.after, found.is_in_the_middle = happened(env), going.is_alive()
            finally:
                found.spent.until = 0
                going.join()
        yield found


@pytest.fixture(scope="module")
def restored(day, tmp_path_factory):
    """Another machine: a folder and a database with nothing in them."""
    data = tmp_path_factory.mktemp("another") / "data"
    shutil.copytree(f"{day.env['DATA_DIR']}/static", data / "static")  # which each start of a site makes
    with scratch_database("conference_day_back", is_empty=True) as url:
        env = public(scratch_environment(str(data), url))
        yield SimpleNamespace(env=env, data=data, said=run(env, "manage.py", "restore", str(day.file)))


def test_nobody_notices_the_backup(day):
    assert (day.spent.wrong, day.is_in_the_middle) == ([], True)
    assert "Missing" not in day.said


def test_what_was_acknowledged_before_it_began_is_in_it(day, restored):
    kept = happened(restored.env)

    assert "all as they were" in restored.said
    assert [sorted(three) for three in zip(day.before, kept, day.after, strict=True)] == [
        list(three) for three in zip(day.before, kept, day.after, strict=True)
    ]


def test_no_row_of_it_lacks_its_other_half(restored):
    assert [rows(restored.env, half)[0][0] for half in HALVES] == [0] * len(HALVES)


def test_each_file_of_a_row_is_there_and_is_what_was_sent(day, restored):
    with tarfile.open(day.file) as archive:
        manifest = json.load(archive.extractfile("manifest.json"))
    sums = {one["name"]: one["sha256"] for one in manifest["files"] if one["folder"] == "private"}
    named = dict(rows(restored.env, FILES))
    there = {
        name: hashlib.sha256((restored.data / "private" / name).read_bytes()).hexdigest() for name in named
    }

    assert manifest["missing"] == []
    assert len(named) > SMALL["files"]
    assert there == {name: sums[name] for name in named}
    assert [name for name, said in named.items() if said and said != there[name]] == []


def test_the_site_goes_on_there(day, restored):
    """Behind another nginx: people look around, register, take slides home and show the tickets they had before."""
    day.at.newcomers = day.late
    with behind_nginx(restored.env) as server:
        spent = Day(LAST * PAUSE)
        spend_day(spent, server, day.at)

    assert spent.wrong == []
    assert sorted(spent.took) == ["look around", "register", "scan a ticket", "take slides"]
