"""A small server that speaks the virus scanner's protocol, and finds what such a scanner finds."""

import io
import socketserver
import struct
import threading
import zipfile
from contextlib import contextmanager

# What every scanner takes for a virus so that people can try it, in two pieces: this file is none.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def has_virus(content: bytes) -> bool:
    """Also in what is packed, as the real one looks."""
    if EICAR in content:
        return True
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return False
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return any(EICAR in archive.read(name) for name in archive.namelist())


class Scanner(socketserver.StreamRequestHandler):
    """Reads a whole stream and answers; or says what the test has put into `answer`."""

    def handle(self):
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack("!L", self.rfile.read(4))[0]:
            content += self.rfile.read(length)
        self.server.seen.append(content)
        found = b"stream: Win.Test.EICAR_HDB-1 FOUND\0" if has_virus(content) else b"stream: OK\0"
        self.wfile.write(self.server.answer or found)


class Impatient(socketserver.BaseRequestHandler):
    """Closes before it has heard anything."""

    def handle(self):
        self.request.recv(10)


class Slow(socketserver.StreamRequestHandler):
    """Answers a letter now and then, and never comes to an end."""

    def handle(self):
        while not self.server.is_over.wait(0.05):
            try:
                self.wfile.write(b"s")
            except OSError:
                return


@contextmanager
def serving(server):
    server.daemon_threads = True
    server.seen, server.answer, server.is_over = [], b"", threading.Event()
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield server
    finally:
        server.is_over.set()
        server.shutdown()
        server.server_close()


def scanning(handler=Scanner):
    return serving(socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler))


def address_of(server) -> str:
    return f"127.0.0.1:{server.server_address[1]}"
