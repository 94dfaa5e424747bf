"""Files that only the site may hand out, sent by nginx: byte for byte, in parts, and to nobody else."""

from pathlib import Path

import pytest

from tests.proxy.load import CONTENT
from tests.race.database import rows

pytestmark = [pytest.mark.race, pytest.mark.nginx, pytest.mark.postgresql]

GATED = b"gated" + CONTENT
TOLD = {
    "Cache-Control": ["private, no-store"],
    "Content-Type": ["application/pdf"],
    "ETag": None,
    "Last-Modified": None,
}


def test_a_gated_file_comes_byte_for_byte_and_is_kept_by_nobody(server, member, stranger):
    answer = member.get(server.at.gated)

    assert (answer.status, answer.body) == (200, GATED)
    told = {name: answer.headers.get_all(name) for name in TOLD}
    assert told == TOLD
    assert "Cookie" in answer.headers["Vary"]
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert stranger.get(server.at.gated).status == 302


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-99", 206, GATED[:100]),
        ("bytes=-1", 206, GATED[-1:]),
        ("bytes=1000-", 206, GATED[1000:]),
        ("bytes=x-y", 416, None),
        ("bytes=99999999999-", 416, None),
        ("bytes=" + ",".join(f"{n}-{n}" for n in range(0, 600, 2)), 200, GATED),
    ],
)
def test_parts_of_it(server, member, stranger, asked, status, part):
    answer = member.get(server.at.gated, Range=asked)

    assert answer.status == status
    assert part is None or answer.body == part
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert stranger.get(server.at.gated, Range=asked).status == 302


def test_head_tells_the_length_and_sends_nothing(server, member):
    answer = member.get(server.at.gated, method="HEAD")

    assert (answer.status, answer.headers["Content-Length"], answer.body) == (200, str(len(GATED)), b"")


def test_nothing_a_browser_says_it_has_makes_a_private_file_unchanged(server, member):
    answer = member.get(server.at.gated, If_Modified_Since="Fri, 01 Jan 2100 00:00:00 GMT", If_None_Match="*")

    assert (answer.status, answer.body) == (200, GATED)


def test_whoever_has_a_public_file_is_told_so(server, stranger):
    first = stranger.get(server.at.open)
    again = stranger.get(server.at.open, If_None_Match=first.headers["ETag"])

    assert (first.status, first.body) == (200, CONTENT)
    assert (again.status, again.body) == (304, b"")
    goes_on = stranger.get(server.at.open, Range="bytes=9-", If_Range=first.headers["ETag"])
    assert (goes_on.status, goes_on.body) == (206, CONTENT[9:])
    assert stranger.get(server.at.open, Range="bytes=9-", If_Range='"another"').status == 200


def test_every_download_is_counted_though_nginx_sends_it(server, stranger):
    count = "SELECT count(*) FROM registration_download"
    before = rows(server.env, count)[0][0]

    for number in range(3):
        for _time in range(2):  # the same reader again, within the hour
            stranger.get(server.at.open, User_Agent=f"reader {number}")

    assert rows(server.env, count)[0][0] == before + 3


@pytest.mark.parametrize(
    "way",
    [
        "/private-files/{name}",
        "/private-files//{name}",
        "//private-files/{name}",
        "/static/../private-files/{name}",
        "/static/..%2fprivate/{name}",
        "/static../private/{name}",
        "/media/../private/{name}",
        "/media/..%2fprivate%2f{name}",
        "/media/%2e%2e/private/{name}",
        "/media/%252e%252e/private/{name}",
        "/media/../db.sqlite3",
        "/errors/en/413.html",
        "/private/{name}",
        "/protected/{name}",
    ],
)
def test_no_address_leads_to_it_past_the_site(server, member, way):
    assert Path(server.env["DATA_DIR"], "private", server.at.gated_name).read_bytes() == GATED
    answer = member.get(way.format(name=server.at.gated_name))

    assert answer.status == 404
    assert b"gated%PDF" not in answer.body
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_a_stranger_s_word_about_where_a_file_lies_is_not_heard(server, stranger):
    answer = stranger.get("/editions/", X_Accel_Redirect=f"/private-files/{server.at.gated_name}")

    assert (answer.status, b"gated%PDF" in answer.body) == (200, False)
