"""A small server that speaks the scanner's protocol."""

import io
import socketserver
import struct
import threading
from contextlib import contextmanager

import pytest

from sessions.files.refusals import RefusedFile, ScanUnavailable
from sessions.files.scanner import scan

VIRUS = b"a file with a VIRUS in it"


class Scanner(socketserver.StreamRequestHandler):
    def handle(self):
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack("!L", self.rfile.read(4))[0]:
            content += self.rfile.read(length)
        self.server.seen.append(content)
        self.wfile.write(
            self.server.answer or (b"stream: Test FOUND\0" if VIRUS in content else b"stream: OK\0")
        )


class Impatient(socketserver.BaseRequestHandler):
    def handle(self):
        self.request.recv(10)


@contextmanager
def serving(server):
    server.seen, server.answer = [], b""
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def scanner():
    with serving(socketserver.ThreadingTCPServer(("127.0.0.1", 0), Scanner)) as server:
        yield server


def address_of(server) -> str:
    return f"127.0.0.1:{server.server_address[1]}"


def test_clean_file_is_sent_whole_and_passes(scanner):
    file = io.BytesIO(b"0123456789" * 20_000)

    scan(file, address_of(scanner))

    assert scanner.seen == [file.getvalue()]
    assert file.tell() == 0


def test_finding_refuses_the_file_and_is_named(scanner):
    with pytest.raises(RefusedFile, match="found “Test” in this file"):
        scan(io.BytesIO(VIRUS), address_of(scanner))


def test_unix_socket_is_an_address_too(tmp_path):
    path = str(tmp_path / "clamd")
    with serving(socketserver.ThreadingUnixStreamServer(path, Scanner)), pytest.raises(RefusedFile):
        scan(io.BytesIO(VIRUS), path)


def test_other_answer_is_not_taken_for_clean(scanner):
    scanner.answer = b"INSTREAM size limit exceeded. ERROR\0"

    with pytest.raises(ScanUnavailable, match="size limit exceeded"):
        scan(io.BytesIO(b"x"), address_of(scanner))


def test_closed_connection_is_not_taken_for_clean():
    with (
        serving(socketserver.ThreadingTCPServer(("127.0.0.1", 0), Impatient)) as server,
        pytest.raises(ScanUnavailable),
    ):
        scan(io.BytesIO(bytes(5_000_000)), address_of(server))


@pytest.mark.parametrize("address", ["127.0.0.1:1", "/nowhere/clamd", "nonsense", "unix:/nowhere"])
def test_missing_scanner_is_reported(address):
    with pytest.raises(ScanUnavailable):
        scan(io.BytesIO(b"x"), address)
