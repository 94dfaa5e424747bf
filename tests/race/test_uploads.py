"""Uploads that arrive cut off or strangely wrapped, and a server that dies while it takes one: whole, or not at all."""

import signal
import socket
import subprocess
import sys
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path
from types import SimpleNamespace

import pytest

from sessions.files.documents import make_pdf
from tests.bench.sending import body_of, connect, headers, send, token_and_cookie
from tests.bench.site import ROOT, run
from tests.race.database import rows

pytestmark = pytest.mark.race

ADD = ("-m", "tests.race.uploading")
CLEAN = (
    "-c",
    "import django; django.setup(); from datetime import timedelta;"
    " from sessions.services.storing import remove_orphans; remove_orphans(timedelta(0))",
)
A_VERSION, A_CREDIT = (
    f'INSERT INTO "conference_sessions_{name}" #1' for name in ("presentationfile", "credit")
)


@pytest.fixture(scope="module")
def upload(site):
    """The path of an upload link; the site may go on having other presentations."""
    return SimpleNamespace(path=run(site.env, "-m", "tests.bench.upload_link").strip())


@pytest.fixture
def slides(tmp_path):
    file = tmp_path / "talk.pdf"
    file.write_bytes(make_pdf("Talk", ["one"]))
    return file


def presentations(site):
    return rows(site.env, "SELECT count(*) FROM conference_sessions_presentation")[0][0]


def stored(site):
    """What the rows say, and what lies on disk."""
    names = (name for (name,) in rows(site.env, "SELECT file FROM conference_sessions_presentationfile"))
    said = {name for name in names if name.startswith("presentations/")}  # others in the site are invented
    private = Path(site.env["DATA_DIR"], "private")
    found = {
        path.relative_to(private).as_posix() for path in private.glob("presentations/**/*") if path.is_file()
    }
    return said, found


def answered(connection):
    """The status, or nothing when the server just ends the connection."""
    with suppress(HTTPException, OSError):
        return connection.getresponse().status
    return None


def test_what_is_cut_off_or_longer_than_it_says_is_not_stored(site, host, upload, slides):
    before = presentations(site)
    token, cookie = token_and_cookie(host, upload.path)
    head, tail = body_of(token, slides)
    body = head + slides.read_bytes() + tail
    for sent, said in ((body[:-100], len(body)), (body, len(body) - 100), (body, 10)):
        connection = connect(host)
        connection.request("POST", upload.path, sent, headers(host, cookie, said))
        connection.sock.shutdown(socket.SHUT_WR)
        assert answered(connection) in (None, 400, 403, 422), (len(sent), said)
        connection.close()
    assert presentations(site) == before

    assert send(host, upload.path, slides) == 302
    assert presentations(site) == before + 1


def test_what_comes_in_pieces_without_a_length_is_refused_and_the_next_is_taken(site, host, upload, slides):
    before = presentations(site)
    token, cookie = token_and_cookie(host, upload.path)
    head, tail = body_of(token, slides)
    connection = connect(host)
    connection.request(
        "POST",
        upload.path,
        iter([head, slides.read_bytes(), tail]),
        headers(host, cookie),
        encode_chunked=True,
    )
    assert answered(connection) in (400, 403, 411)
    connection.close()

    assert presentations(site) == before
    assert send(host, upload.path, slides) == 302


@pytest.mark.parametrize("statement", [A_CREDIT, A_VERSION])
def test_killed_between_file_and_row_no_row_points_to_nothing_and_the_file_is_cleaned_up(
    site, upload, statement
):
    count, (said, found) = presentations(site), stored(site)
    assert said == found
    dying = {"DJANGO_SETTINGS_MODULE": "tests.race.dying_settings", "DIE_AT": statement}

    done = subprocess.run([sys.executable, *ADD], env=site.env | dying, cwd=ROOT, check=False, timeout=120)

    assert done.returncode == -signal.SIGKILL
    said_then, found_then = stored(site)
    assert (presentations(site), said_then, len(found_then - found)) == (count, said, 1)
    run(site.env, *CLEAN)
    assert stored(site) == (said, found)

    run(site.env, *ADD)
    said, found = stored(site)
    assert (presentations(site), said) == (count + 1, found)
