"""The scanner is asked by its protocol, and only a clear word of it lets a file pass."""

import io
import socketserver
import time

import pytest

from sessions.files.refusals import Infected, ScanUnavailable
from sessions.files.scanner import scan
from tests.bytes import pptx
from tests.clamd import EICAR, Impatient, Scanner, Slow, address_of, scanning, serving


@pytest.fixture
def scanner():
    with scanning() as server:
        yield server


def test_clean_file_is_sent_whole_and_passes(scanner):
    file = io.BytesIO(b"0123456789" * 20_000)

    scan(file, address_of(scanner))

    assert scanner.seen == [file.getvalue()]
    assert file.tell() == 0


def test_finding_refuses_the_file_and_is_named(scanner):
    for content in (EICAR, pptx(("ppt/media/image1.png", EICAR))):
        with pytest.raises(Infected, match="found “Win.Test.EICAR_HDB-1” in this file"):
            scan(io.BytesIO(content), address_of(scanner))


def test_unix_socket_is_an_address_too(tmp_path):
    path = str(tmp_path / "clamd")
    with serving(socketserver.ThreadingUnixStreamServer(path, Scanner)), pytest.raises(Infected):
        scan(io.BytesIO(EICAR), path)


@pytest.mark.parametrize(
    "answer",
    [
        b"INSTREAM size limit exceeded. ERROR\0",
        b"\0",
        b"stream: OK, or so it seems\0",
        b"OK\0",
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"\xff\xfe" * 4000,
        b"stream: OK\nstream: OK\0",
    ],
)
def test_other_answer_is_not_taken_for_clean(scanner, answer):
    scanner.answer = answer

    with pytest.raises(ScanUnavailable):
        scan(io.BytesIO(b"x"), address_of(scanner))


def test_one_that_answers_letter_by_letter_holds_nobody_up():
    with scanning(Slow) as server:
        begun = time.monotonic()
        with pytest.raises(ScanUnavailable, match="does not answer"):
            scan(io.BytesIO(b"x"), address_of(server), timeout=0.5)

    assert time.monotonic() - begun < 3


def test_closed_connection_is_not_taken_for_clean():
    with (
        scanning(Impatient) as server,
        pytest.raises(ScanUnavailable),
    ):
        scan(io.BytesIO(bytes(5_000_000)), address_of(server))


@pytest.mark.parametrize("address", ["127.0.0.1:1", "/nowhere/clamd", "nonsense", "unix:/nowhere"])
def test_missing_scanner_is_reported(address):
    with pytest.raises(ScanUnavailable):
        scan(io.BytesIO(b"x"), address)
