"""Packs and figures over real connections: broken and gone on with, revoked on the way, many at once, and counted."""

import http.client
import io
import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.bench.site import run
from tests.race.crowd import PATIENCE, all_at_once
from tests.race.database import rows
from tests.race.packs import CANARY

pytestmark = pytest.mark.race

READER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
DJANGO = "import django; django.setup(); from sessions.models import Presentation; from django.utils import timezone; "
WITHDRAW = DJANGO + "Presentation.objects.filter(pk={}).update(withdrawn_at=timezone.now())"


@pytest.fixture(scope="module")
def shelves(site):
    return json.loads(run(site.env, "-m", "tests.race.packs"))


def asked(host, path, session="", **headers):
    """The answer before its body is read, on a connection of its own."""
    connection = http.client.HTTPConnection(host, timeout=PATIENCE)
    cookie = {"Cookie": f"session={session}"} if session else {}
    connection.request("GET", path, headers={"User-Agent": READER, **cookie, **headers})
    return connection, connection.getresponse()


def read(host, path, session="", **headers):
    connection, answer = asked(host, path, session, **headers)
    try:
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def unzip_says(content: bytes, folder: Path) -> str:
    path = folder / "pack.zip"
    path.write_bytes(content)
    said = subprocess.run(["unzip", "-t", path], capture_output=True, text=True, check=False)  # noqa: S607
    return said.stdout


def test_a_session_taken_home_is_whole_and_counted(site, host, shelves, tmp_path):
    """As a member: the ZIP with its contents and licences; then the organiser and the speaker see it counted."""
    slides, pack = shelves["journey"]["slides"], shelves["journey"]["pack"]
    page = f"/presentations/{slides}/"
    assert read(host, page, site.sessions[0])[0] == 200

    status, headers, content = read(host, pack, site.sessions[0])

    assert (status, int(headers["Content-Length"])) == (200, len(content))
    with zipfile.ZipFile(io.BytesIO(content)) as found:
        assert found.testzip() is None
        names = {name.rpartition("/")[2].partition(" (")[0]: name for name in found.namelist()}
        assert set(names) == {"contents.html", "licences.html", "pack.css", "1 Slides", "2 Hand-out"}
        assert found.read(names["2 Hand-out"]) == CANARY
        contents = found.read(names["contents.html"]).decode()
        assert "https://films.example/1" in contents
        assert (
            "https://creativecommons.org/licenses/by-sa/4.0/" in found.read(names["licences.html"]).decode()
        )
    if shutil.which("unzip"):
        assert "No errors detected" in unzip_says(content, tmp_path)

    reading = f"/admin/conference/edition/{shelves['edition']}/reading/?form=csv&of=presentations"
    figures = read(host, reading, shelves["organiser"])[2].decode()
    assert '"1","1"' in next(line for line in figures.splitlines() if "1 Slides" in line)
    desk = read(host, "/speaker/", shelves["speaker"])[2].decode()
    assert "1 view · 1 download" in desk


def test_a_download_cut_in_the_middle_goes_on_with_the_same_bytes(site, host, shelves):
    pack, person = shelves["broken"]["pack"], site.sessions[1]
    connection, answer = asked(host, pack, person)
    first = answer.read(5_000_000)
    connection.sock.close()
    connection.close()

    range_ = {"Range": f"bytes={len(first)}-", "If-Range": answer.headers["ETag"]}
    status, headers, rest = read(host, pack, person, **range_)

    size = int(answer.headers["Content-Length"])
    assert (status, headers["Content-Range"]) == (206, f"bytes {len(first)}-{size - 1}/{size}")
    with zipfile.ZipFile(io.BytesIO(first + rest)) as found:
        assert found.testzip() is None

    run(site.env, "-c", WITHDRAW.format(shelves["broken"]["last"]))
    status, headers, whole = read(host, pack, person, **range_)
    assert (status, headers["ETag"] == answer.headers["ETag"]) == (200, False)
    with zipfile.ZipFile(io.BytesIO(whole)) as found:
        assert found.testzip() is None


def test_what_is_taken_back_on_the_way_is_not_sent(site, host, shelves):
    connection, answer = asked(host, shelves["revoked"]["pack"], site.sessions[2])
    first = answer.read(100_000)
    run(site.env, "-c", WITHDRAW.format(shelves["revoked"]["last"]))

    with pytest.raises(http.client.IncompleteRead) as broken:
        first += answer.read()
    connection.close()

    assert CANARY not in first + broken.value.partial


def test_of_many_packs_at_once_three_are_given(site, host, shelves):
    def take():
        status, _headers, content = read(host, shelves["journey"]["pack"], site.sessions[3])
        return status, str(len(content))

    statuses = sorted(status for status, _size in all_at_once([take] * 10, is_patient=False))

    assert statuses == [200] * 3 + [429] * 7


def test_views_at_the_same_moment_are_all_counted(site, host, shelves):
    page = f"/presentations/{shelves['revoked']['slides']}/"

    def look(session):
        return lambda: (read(host, page, session)[0], "")

    answers = all_at_once([look(session) for session in site.sessions[10:34]] + [look("")] * 6)

    assert {status for status, _words in answers} == {200}
    counted = rows(
        site.env,
        "SELECT v.country, v.count FROM registration_viewcount v JOIN conference_sessions_presentation p "  # noqa: S608
        f"ON p.id = v.presentation_id WHERE replace(cast(p.guid AS text), '-', '') = "
        f"'{shelves['revoked']['slides'].replace('-', '')}' ORDER BY v.country",
    )
    assert counted == [("", 6), ("BE", 24)]
