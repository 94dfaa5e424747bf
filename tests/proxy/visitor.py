"""Somebody who asks the site through nginx, from an address of their own."""

import http.client
import socket
import ssl
import statistics
import time
from dataclasses import dataclass

from tests.proxy.site import HOST, Server
from tests.race.crowd import TOKEN

PATIENCE = 60  # seconds
FORM = {
    "Content-Type": "application/x-www-form-urlencoded",
    "X-CSRFToken": TOKEN,
    "Origin": f"https://{HOST}",
}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True)
class Visitor:
    server: Server
    session: str = ""
    address: str = "127.0.0.1"

    def connect(self) -> http.client.HTTPSConnection:
        connection = http.client.HTTPSConnection(HOST, timeout=PATIENCE)
        connection.sock = self.wrapped(self.plain(self.server.https))
        return connection

    def plain(self, port: int) -> socket.socket:
        return socket.create_connection(("127.0.0.1", port), PATIENCE, (self.address, 0))

    def wrapped(self, plain: socket.socket, name: str = HOST) -> ssl.SSLSocket:
        context = ssl.create_default_context(cafile=str(self.server.certificate))
        return context.wrap_socket(plain, server_hostname=name)

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        return self.ask(method, path, None, {name.replace("_", "-"): said for name, said in headers.items()})

    def post(self, path: str, body: bytes, **headers: str) -> Answer:
        said = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.ask("POST", path, body, {**FORM, **self.cookies(), **said})

    def ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        connection = self.connect()
        try:
            session = self.cookies() if self.session else {}  # a stranger who only looks has none
            connection.request(method, path, body, {**session, **headers})
            return heard(connection)
        finally:
            connection.close()

    def cookies(self) -> dict[str, str]:
        session = f"__Host-session={self.session}; " if self.session else ""
        return {"Cookie": f"{session}__Host-csrf={TOKEN}"}


def seconds_of_a_page(visitor: Visitor) -> float:
    """How long a page takes that is built each time."""
    begun = time.perf_counter()
    assert visitor.get("/accounts/login/").status == 200
    return time.perf_counter() - begun


def p95_of(took: list[float]) -> float:
    return statistics.quantiles(took, n=20)[-1]


def bearable(visitor: Visitor) -> float:
    """A second, or more where the machine itself is slow: what the page takes while nothing else is asked, four times."""
    return max(1, 4 * p95_of([seconds_of_a_page(visitor) for _time in range(20)]))


def heard(connection: http.client.HTTPConnection) -> Answer:
    answer = connection.getresponse()
    return Answer(answer.status, answer.headers, answer.read())
