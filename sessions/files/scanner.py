"""Ask a ClamAV daemon about a file (its INSTREAM command)."""

import contextlib
import socket
import struct
import time
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from sessions.files.refusals import Infected, ScanUnavailable

CHUNK = 64 * 1024
TIMEOUT = 60  # seconds for all of it, so that one that answers letter by letter holds nobody up
MAX_ANSWER = 4096

INFECTED = _(
    "The virus scanner found “{finding}” in this file. "
    "Check your computer for viruses, save the file again from a clean one, and upload that file."
)


def scan(file: BinaryIO, address: str, *, timeout: float = TIMEOUT) -> None:
    """Return when the file is clean; address is host:port or the path of a Unix socket."""
    ends = time.monotonic() + timeout
    try:
        with _connect(address, timeout) as connection:
            answer = _ask(connection, file, ends)
    except (OSError, ValueError) as error:
        raise ScanUnavailable(f"The virus scanner at {address} does not answer: {error}") from error
    finally:
        file.seek(0)
    if answer.endswith(" FOUND"):
        raise Infected(INFECTED, finding=answer.removeprefix("stream: ").removesuffix(" FOUND"))
    if answer != "stream: OK":
        raise ScanUnavailable(f"The virus scanner at {address} answered: {answer[:200] or 'nothing'}")


def _connect(address: str, timeout: float) -> socket.socket:
    path = address.removeprefix("unix:")
    if not path.startswith("/"):
        host, _colon, port = address.rpartition(":")
        return socket.create_connection((host.strip("[]"), int(port)), timeout)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(timeout)
    try:
        connection.connect(path)
    except OSError:
        connection.close()
        raise
    return connection


def _ask(connection: socket.socket, file: BinaryIO, ends: float) -> str:
    file.seek(0)
    # A scanner that has seen enough answers and closes before the last chunk.
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        connection.sendall(b"zINSTREAM\0")
        while chunk := file.read(CHUNK):
            _until(connection, ends)
            connection.sendall(struct.pack("!L", len(chunk)) + chunk)
        connection.sendall(struct.pack("!L", 0))
    answer = b""
    while len(answer) < MAX_ANSWER and b"\0" not in answer:
        _until(connection, ends)
        piece = connection.recv(MAX_ANSWER)
        if not piece:
            break
        answer += piece
    return answer.split(b"\0")[0].decode(errors="replace").strip()


def _until(connection: socket.socket, ends: float) -> None:
    """What is left of the time is all that the next step may take."""
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError("it took too long")
    connection.settimeout(left)
