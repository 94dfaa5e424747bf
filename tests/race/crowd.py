"""People who all press at the same moment, each over a connection of their own."""

import http.client
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier
from urllib.parse import urlencode

TOKEN = "a" * 32  # cookie and header agree: all that the protection against forged requests asks
PATIENCE = 60  # seconds
BUSY = 503
Action = Callable[[], tuple[int, str]]


@dataclass(frozen=True)
class Person:
    """Somebody who is logged in at the site under test."""

    host: str
    session: str

    def get(self, path: str) -> tuple[int, str]:
        return self._ask("GET", path, None)

    def post(self, path: str, **answers: str) -> tuple[int, str]:
        return self._ask("POST", path, urlencode(answers))

    @property
    def headers(self) -> dict[str, str]:
        return {
            "Cookie": f"session={self.session}; csrf={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Content-Type": "application/x-www-form-urlencoded",
        }

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, str]:
        connection = http.client.HTTPConnection(self.host, timeout=PATIENCE)
        try:
            connection.request(method, path, body, self.headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()


def all_at_once(actions: Sequence[Action], *, is_patient: bool = True) -> list[tuple[int, str]]:
    """What each was answered; nobody starts before everybody is there.

    Who is patient tries again when the site is so busy that it asks for it, as it may on a slow machine.
    """
    barrier = Barrier(len(actions))

    def act(action: Action) -> tuple[int, str]:
        barrier.wait(PATIENCE)
        until = time.monotonic() + PATIENCE
        answer = action()
        while is_patient and answer[0] == BUSY and time.monotonic() < until:
            time.sleep(0.2)
            answer = action()
        return answer

    with ThreadPoolExecutor(len(actions)) as threads:
        return list(threads.map(act, actions))
