"""Registration opens, and 200 people press at the same moment, then 500, for 25 places: how long each of them waits."""

import asyncio
import json
import socket
import statistics
import time
from collections import Counter
from typing import NamedTuple
from urllib.parse import urlencode

from tests.bench.site import gunicorn, run, scratch_site
from tests.race.crowd import BUSY, PATIENCE, Person
from tests.race.database import places
from tests.race.test_races import form_of

PLACES = 25
CROWDS = {"rush": 200, "locked": 500}  # the edition, and how many press


class Answer(NamedTuple):
    status: int
    seconds: float  # from the moment when all pressed
    times: int  # asked


def rush(database_url: str) -> int:
    """Print the waits and the outcome; how many crowds were not served right."""
    wrong = 0
    with scratch_site(database_url) as env:
        data = json.loads(run(env, "-m", "tests.race.load", str(max(CROWDS.values()))))
        with gunicorn(env) as site:
            people = [Person(site.removeprefix("http://"), session) for session in data["sessions"]]
            for edition, number in CROWDS.items():
                wrong += pressed(env, people[:number], data[edition])
    return wrong


def pressed(env: dict[str, str], people: list[Person], edition: dict) -> int:
    """1 when a place went wrong, or somebody was sent away."""
    answers = asyncio.run(together([(person.host, said(person, edition)) for person in people]))
    waits = [answer.seconds for answer in answers]
    rows = places(env, edition["pk"])
    given = Counter(status for _user, status, _number in rows)
    in_order = [number for _user, _status, number in rows] == list(range(1, len(people) + 1))
    refused = sum(answer.status != 302 for answer in answers)
    busy = sum(answer.times - 1 for answer in answers)
    hundredths = statistics.quantiles(waits, n=100)
    print(
        f"rush: {len(people)} press at once, {max(waits):.1f} s, {len(people) / max(waits):.0f} per second;"
        f" waits p50 {hundredths[49]:.1f} s, p95 {hundredths[94]:.1f} s;"
        f" {given['confirmed']} confirmed, {given['waiting']} waiting,"
        f" {'in order without gaps' if in_order else 'OUT OF ORDER'}, {refused} refused, {busy} asked to try again",
        flush=True,
    )
    right = {"confirmed": PLACES, "waiting": len(people) - PLACES}
    return int(given != right or not in_order or refused > 0)


def said(person: Person, edition: dict) -> bytes:
    """The form as it goes over the line."""
    path, answers = form_of(edition)
    body = urlencode(answers)
    headers = {"Host": person.host, "Connection": "close", "Content-Length": str(len(body))} | person.headers
    lines = [f"POST {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", body]).encode()


async def together(said: list[tuple[str, bytes]]) -> list[Answer]:
    """All from one thread, which takes next to nothing of the processors that the site has for itself elsewhere."""
    begun = time.perf_counter()
    async with asyncio.timeout(PATIENCE):
        return await asyncio.gather(*(answered(host, words, begun) for host, words in said))


async def answered(host: str, words: bytes, begun: float) -> Answer:
    """Who is asked to try again does so, and has waited until the last time."""
    times = 1
    while (status := await asked(host, words)) == BUSY:
        await asyncio.sleep(0.2)
        times += 1
    return Answer(status, time.perf_counter() - begun, times)


async def asked(host: str, words: bytes) -> int:
    """The status of the answer, which is read to its end."""
    name, port = host.split(":")
    loop, answer = asyncio.get_running_loop(), b""
    with socket.socket() as line:
        line.setblocking(False)
        await loop.sock_connect(line, (name, int(port)))
        await loop.sock_sendall(line, words)
        while more := await loop.sock_recv(line, 65536):
            answer += more
    return int(answer.split()[1])
