"""Bodies that are too large, that lie about it, and that come very slowly."""

import html
import socket
import statistics
import time
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

import pytest

from tests.bench.uploading import children_of
from tests.proxy.site import HOST, wait_until
from tests.proxy.visitor import FORM, Visitor, bearable, heard, p95_of, seconds_of_a_page

pytestmark = [pytest.mark.race, pytest.mark.nginx, pytest.mark.postgresql]

MEGABYTE = 1024**2
LIMIT = 55  # MB: a file of 50 and the form around it
SENTENCE = "A file may be at most 50 MB."
SLOW, BYTES_A_SECOND = 20, 100
SENDERS = 40  # from one address


def test_a_body_over_the_limit_gets_a_sentence_with_the_limit(stranger):
    answer = stranger.post("/accounts/login/", b"x" * (LIMIT * MEGABYTE + 1))

    assert answer.status == 413
    assert SENTENCE in html.unescape(answer.text)
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_a_body_at_the_limit_goes_to_the_site(stranger):
    answer = stranger.post("/accounts/login/", b"x" * (LIMIT * MEGABYTE))

    assert "A form takes at most" in answer.text  # says the site, of a form without a file


def test_an_announced_2_gb_is_refused_before_any_of_it_is_read(stranger):
    begun = time.monotonic()
    connection = stranger.connect()
    connection.putrequest("POST", "/accounts/login/")
    connection.putheader("Content-Length", str(2 * 1024**3))
    connection.endheaders()

    assert heard(connection).status == 413
    assert time.monotonic() - begun < 5


def test_a_stream_without_end_is_cut_and_not_kept(server, stranger):
    connection = stranger.connect()
    connection.putrequest("POST", "/accounts/login/")
    connection.putheader("Transfer-Encoding", "chunked")
    connection.endheaders()
    most = 0
    for _megabyte in range(LIMIT + 2):
        connection.sock.sendall(b"100000\r\n" + b"x" * MEGABYTE + b"\r\n")
        most = max(most, kept(server))

    assert heard(connection).status == 413  # in the middle of it
    assert 0 < most <= (LIMIT + 1) * MEGABYTE
    connection.close()
    assert wait_until(lambda: kept(server) == 0)


def kept(server):
    """Bytes of bodies that nginx holds on disk, in files that have no name any more."""
    total = 0
    for worker in children_of(server.processes["nginx"].pid):
        for opened in Path(f"/proc/{worker}/fd").iterdir():
            with suppress(OSError):
                if opened.readlink().is_relative_to(server.body_folder):
                    total += opened.stat().st_size
    return total


def test_a_body_shorter_than_said_holds_nobody_up(server, stranger):
    connection = stranger.connect()
    connection.putrequest("POST", "/accounts/login/")
    connection.putheader("Content-Length", "1000000")
    connection.endheaders(b"x" * 1000)
    connection.sock.shutdown(socket.SHUT_WR)

    assert stranger.get(server.at.page).status == 200
    connection.close()


class Sending:
    """Uploads that come letter by letter, all at once, until it is over."""

    def __init__(self, server, count):
        self.server, self.over, self.begun = server, Event(), []
        self.threads = [Thread(target=self.send) for _one in range(count)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_error):
        self.over.set()
        for thread in self.threads:
            thread.join(30)

    def send(self):
        visitor = Visitor(self.server)
        connection = visitor.connect()
        connection.putrequest("POST", self.server.at.upload)
        for name, value in {**FORM, **visitor.cookies(), "Content-Length": str(40 * MEGABYTE)}.items():
            connection.putheader(name, value)
        connection.endheaders()
        self.begun.append(connection)
        with suppress(OSError):
            while not self.over.wait(0.1):
                connection.sock.sendall(b"x" * (BYTES_A_SECOND // 10))
        connection.close()


def test_20_very_slow_uploads_leave_the_site_quick(server, stranger):
    limit, took = bearable(stranger), []
    with Sending(server, SLOW) as sending:
        while len(sending.begun) < SLOW:
            time.sleep(0.1)
        for _time in range(40):
            took.append(seconds_of_a_page(stranger))

    print(
        f"p50 {statistics.median(took) * 1000:.0f} ms, p95 {p95_of(took) * 1000:.0f} ms beside {SLOW} slow uploads"
    )
    assert p95_of(took) < limit


def test_more_large_uploads_at_once_from_one_address_are_asked_to_wait(server, stranger):
    other = Visitor(server, address="127.0.0.13")
    with Sending(server, SENDERS) as sending:
        while len(sending.begun) < SENDERS:
            time.sleep(0.1)
        time.sleep(0.5)
        refused, small = (
            stranger.post("/accounts/login/", b"x" * MEGABYTE),
            stranger.post("/accounts/login/", b"x"),
        )
        elsewhere = other.post("/accounts/login/", b"x" * MEGABYTE)

    assert (refused.status, refused.headers["Retry-After"]) == (429, "60")
    assert "Too many files are being sent at once" in refused.text
    assert (small.status, elsewhere.status) == (200, 200)
    assert HOST not in refused.text
