"""The mixed day behind nginx, on PostgreSQL: people look around, register, take slides home and stand at the desk.

Ten minutes, or as many seconds as DAY_SECONDS says. Ends by itself, stays on this machine.
"""

import json
import os
import random
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from http.client import HTTPException
from itertools import count
from threading import Lock, Thread
from types import SimpleNamespace
from urllib.parse import urlencode
from uuid import uuid4

import psutil

from tests.bench.site import run, scratch_site
from tests.postgres import postgres_server
from tests.proxy.site import behind_nginx, public
from tests.proxy.visitor import Visitor

SECONDS = float(os.environ.get("DAY_SECONDS", "600"))
PAUSE = 0.2  # seconds between two requests of one visitor
BROWSING, TAKING = 4, 2  # visitors side by side; besides them one registers and one scans
MOST_NEWCOMERS = 4000
WARM = 10  # seconds after which memory is looked at first
Ask = Callable[[], int]
Asks = Iterator[tuple[Ask, set[int]]]  # each with the answers that are right


class Day:
    """What was asked, how long each took, and what went wrong."""

    def __init__(self, seconds: float) -> None:
        self.seconds, self.until, self.lock = seconds, time.monotonic() + seconds, Lock()
        self.took: dict[str, list[float]] = defaultdict(list)
        self.wrong: list[str] = []

    def spend(self, kind: str, asks: Asks) -> None:
        for ask, expected in asks:
            if time.monotonic() >= self.until:
                return
            self.one(kind, ask, expected)
            time.sleep(PAUSE)

    def one(self, kind: str, ask: Ask, expected: set[int]) -> None:
        begun, status = time.perf_counter(), 0
        with suppress(OSError, HTTPException):
            status = ask()
        with self.lock:
            self.took[kind].append(time.perf_counter() - begun)
            if status not in expected:
                self.wrong.append(f"{kind}: {status}")


def browsing(server, at, chance: random.Random) -> Asks:
    visitor = Visitor(server)
    while True:
        path = chance.choice(at.pages)
        yield lambda path=path: visitor.get(path).status, {200}


def taking(server, at, chance: random.Random) -> Asks:
    visitor = Visitor(server, session=at.newcomers[-1])
    while True:
        path = chance.choice(at.files)
        yield lambda path=path: visitor.get(path).status, {200}


def registering(server, at, chance: random.Random) -> Asks:
    """Each looks at the form first, then sends it."""
    form = {"role": "teacher", "consent": "on", "country": "BE", "waiting_ok": str(at.type)}
    for session in at.newcomers[:-1]:
        visitor = Visitor(server, session=session)
        yield lambda visitor=visitor: visitor.get(at.register).status, {200}
        yield lambda visitor=visitor: visitor.post(at.register, urlencode(form).encode()).status, {302}


def scanning(server, at, chance: random.Random) -> Asks:
    """Now and then the same ticket again, as at a door."""
    visitor = Visitor(server, session=at.helper)
    while True:
        scans = [{"nonce": str(uuid4()), "code": chance.choice(at.tickets)}]
        body = json.dumps({"sender": "one door", "scans": scans}).encode()
        yield lambda body=body: visitor.post(at.scans, body, Content_Type="application/json").status, {200}


Part = Callable[..., Asks]
PARTS: list[tuple[str, Part]] = [("look around", browsing)] * BROWSING + [("take slides", taking)] * TAKING
PARTS += [("register", registering), ("scan a ticket", scanning)]


def day(seconds: float = SECONDS) -> int:
    with postgres_server() as url, scratch_site(url) as env:
        env = public(env)
        at = loaded(env, newcomers=min(MOST_NEWCOMERS, int(seconds / PAUSE / 2) + 2))
        with behind_nginx(env) as server:
            spent = Day(seconds)
            memory = spend_day(spent, server, at)
    return tell(spent, memory)


def loaded(env: dict[str, str], **sizes: int) -> SimpleNamespace:
    """Who is there, and what they ask for."""
    return SimpleNamespace(**json.loads(run(env, "-m", "tests.bench.day_load", json.dumps(sizes))))


def spend_day(spent: Day, server, at, more: Iterable[tuple[str, Part]] = ()) -> list[float]:
    """Megabytes of the web server at the start and at the end."""
    Visitor(server).get("/livez")  # the day begins when the server is there
    spent.until, numbers = time.monotonic() + spent.seconds, count()
    people = [
        Thread(target=spent.spend, args=(kind, part(server, at, random.Random(next(numbers)))))
        for kind, part in [*PARTS, *more]
    ]
    for one in people:
        one.start()
    time.sleep(min(WARM, spent.seconds / 4))
    begin = memory_of(server)
    for one in people:
        one.join()
    return [begin, memory_of(server)]


def memory_of(server) -> float:
    """Megabytes of the web server with all its processes; what they share is counted once."""
    first = psutil.Process(server.processes["web"].pid)
    return sum(one.memory_full_info().pss for one in [first, *first.children(recursive=True)]) / 1024**2


def tell(spent: Day, memory: list[float]) -> int:
    everything = [one for kind in spent.took.values() for one in kind]
    print(
        f"\nA mixed day of {spent.seconds:.0f} s behind nginx, on PostgreSQL: {len(everything) / spent.seconds:.1f} requests/s"
    )
    for kind, took in [*spent.took.items(), ("all", everything)]:
        p50, p99 = statistics.median(took), sorted(took)[int(len(took) * 0.99)]
        print(f"{kind:<16}{len(took):>7} requests, p50 {p50 * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms")
    print(f"errors: {len(spent.wrong)} {sorted(set(spent.wrong))[:5]}")
    print(
        f"memory of the web server: {memory[0]:.0f} MB at the start, {memory[1]:.0f} MB at the end",
        flush=True,
    )
    return len(spent.wrong)


if __name__ == "__main__":
    sys.exit(1 if day() else 0)
