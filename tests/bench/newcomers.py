"""400 people without an account register, 50 at a time: the whole one page, as a browser would send it.

Once more while a process of the web server is killed each half second: whoever was told of a place has it.
"""

import http.client
import json
import os
import re
import signal
import statistics
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread
from urllib.parse import urlencode

from tests.bench.site import gunicorn, run, scratch_site, workers_of
from tests.race.database import places, rows

NEWCOMERS, AT_A_TIME, CAPACITY = 400, 50, 300
# A process that is killed each half second serves few people in its short life.
KILLED_EVERY, NEWCOMERS_THEN, AT_A_TIME_THEN = 0.5, 100, 4
TRIES = 30  # of one person whose connection broke
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
WAITING = re.compile(r'name="waiting_ok" value="([^"]*)"')


@dataclass
class Visit:
    """What one newcomer saw: requests, seconds of each, and whether the site acknowledged the registration."""

    email: str
    seconds: list[float] = field(default_factory=list)
    is_acknowledged: bool = False
    broken: int = 0


class Browser:
    """Cookies, one connection, and the fields of a form."""

    def __init__(self, host: str, visit: Visit) -> None:
        self.host, self.visit, self.cookies = host, visit, dict[str, str]()
        self.connection = http.client.HTTPConnection(host, timeout=30)

    def ask(self, method: str, path: str, answers: dict[str, str] | None = None) -> tuple[int, str, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if answers is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        begun = time.perf_counter()
        self.connection.request(method, path, urlencode(answers) if answers else None, headers)
        answer = self.connection.getresponse()
        page = answer.read().decode()
        self.visit.seconds.append(time.perf_counter() - begun)
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _sign, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, page, answer.headers.get("Location", "")


def register(host: str, slug: str, number: int) -> Visit:
    """Form, answers, perhaps the question whether waiting is fine, and the page that says where one stands."""
    visit = Visit(f"newcomer{number}@example.org")
    for _try in range(TRIES):
        try:
            attempt(Browser(host, visit), slug, number, visit)
        except (OSError, http.client.HTTPException):
            visit.broken += 1
            time.sleep(0.2)
        else:
            break
    return visit


def attempt(browser: Browser, slug: str, number: int, visit: Visit) -> None:
    address = f"/{slug}/register/"
    status, page, _to = browser.ask("GET", address)
    answers = {
        "name": f"Newcomer {number}",
        "email": visit.email,
        "country": "BE",
        "role": "teacher",
        "consent": "on",
    }
    for _asked in range(2):
        waiting = WAITING.search(page)
        if not (token := TOKEN.search(page)):
            return  # the answer to an earlier try was lost, and now the address is known
        sent = {"csrfmiddlewaretoken": token[1], "waiting_ok": waiting[1] if waiting else ""}
        status, page, to = browser.ask("POST", address, answers | sent)
        if status == 302:
            visit.is_acknowledged = True
            browser.ask("GET", to)
            return


def newcomers(database_url: str, *, is_killing: bool = False) -> int:
    """Print the figures; how much was wrong: oversold, lost, half done, or (unless killing) not acknowledged."""
    with scratch_site(database_url) as env:
        edition = json.loads(run(env, "-m", "tests.bench.newcomers"))
        with gunicorn(env) as site:
            host = site.removeprefix("http://")
            register(host, edition["warm"], 0)
            begun = time.perf_counter()
            at_a_time, people = (AT_A_TIME_THEN, NEWCOMERS_THEN) if is_killing else (AT_A_TIME, NEWCOMERS)
            with ThreadPoolExecutor(at_a_time) as crowd, killing(env, is_wanted=is_killing) as killed:
                numbers = range(1, people + 1)
                visits = list(crowd.map(lambda number: register(host, edition["slug"], number), numbers))
            took = time.perf_counter() - begun
        given = Counter(status for _user, status, _number in places(env, edition["pk"]))
        known = {email for (email,) in rows(env, WITH_A_PLACE.format(int(edition["pk"])))}
        halves = sum(rows(env, half)[0][0] for half in HALVES)
    print("killed each half second: " if killed else "", end="")
    wrong = report(visits, took, given, known, edition["statements"]) + halves
    print(f"  {len(killed)} processes killed, {halves} rows of half a registration", flush=True)
    return wrong + (0 if killed else NEWCOMERS - sum(visit.is_acknowledged for visit in visits))


@contextmanager
def killing(env: dict[str, str], *, is_wanted: bool) -> Iterator[list[int]]:
    """The processes that were killed meanwhile: one of the web server's each half second, in turn."""
    killed, over = list[int](), Event()

    def kill_one() -> None:
        while not over.wait(KILLED_EVERY):
            for worker in workers_of(env)[:1]:  # the one that lives longest
                os.kill(worker, signal.SIGKILL)
                killed.append(worker)

    thread = Thread(target=kill_one)
    if is_wanted:
        thread.start()
    try:
        yield killed
    finally:
        over.set()
        if is_wanted:
            thread.join()


# Whoever has an account has a registration; each of those stands in the log, and its person was written to.
HALVES = (
    "SELECT count(*) FROM conference_user u WHERE u.email LIKE 'newcomer%' AND NOT EXISTS "
    "(SELECT 1 FROM registration_registration r WHERE r.user_id = u.id)",
    "SELECT count(*) FROM registration_registration r WHERE NOT EXISTS "
    "(SELECT 1 FROM registration_placechange c WHERE c.registration_id = r.id)",
    "SELECT count(*) FROM registration_registration r JOIN conference_user u ON u.id = r.user_id WHERE NOT EXISTS "
    "(SELECT 1 FROM conference_outbox o WHERE o.recipient = u.email)",
)
WITH_A_PLACE = (
    "SELECT u.email FROM registration_registration r JOIN conference_user u ON u.id = r.user_id "
    "WHERE r.edition_id = {} AND r.status <> 'cancelled'"
)


def report(visits: list[Visit], took: float, given: Counter, known: set[str], statements: int) -> int:
    """How many were oversold or lost."""
    times = [second for visit in visits for second in visit.seconds]
    hundredths = statistics.quantiles(times, n=100)
    acknowledged = {visit.email for visit in visits if visit.is_acknowledged}
    oversold, lost = max(0, given["confirmed"] - CAPACITY), len(acknowledged - known)
    requests = statistics.mean(len(visit.seconds) for visit in visits)
    print(
        f"newcomers: {len(acknowledged)} of {len(visits)} in {took:.1f} s,"
        f" {len(acknowledged) / took:.1f} per second; each request p50 {hundredths[49] * 1000:.0f} ms,"
        f" p99 {hundredths[98] * 1000:.0f} ms; {requests:.1f} requests and {statements} statements each;"
        f" {given['confirmed']} confirmed, {given['waiting']} waiting, {oversold} oversold, {lost} lost,"
        f" {sum(visit.broken for visit in visits)} broken connections",
        flush=True,
    )
    return oversold + lost


def prepare() -> dict:
    """In the scratch site: the edition, one more to warm up with, and the statements of one whole registration."""
    import django

    django.setup()

    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from tests.factories import make_edition, make_registration_type

    edition, warm = make_edition(), make_edition()
    make_registration_type(edition, capacity=CAPACITY)
    make_registration_type(warm)
    answers = {"name": "Ada", "country": "BE", "role": "teacher", "consent": "on"}
    for email in ("first@example.org", "ada@example.org"):  # the first one fills the caches
        client = Client(headers={"host": "localhost"})
        with CaptureQueriesContext(connection) as seen:
            client.get(f"/{warm.slug}/register/")
            sent = client.post(f"/{warm.slug}/register/", {**answers, "email": email})
            client.get(sent["Location"])
    return {"slug": edition.slug, "pk": edition.pk, "warm": warm.slug, "statements": len(seen)}


if __name__ == "__main__":
    print(json.dumps(prepare()))
