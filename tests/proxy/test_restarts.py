"""A new version is started, or the server's processes are replaced, while people use the site: nobody notices."""

import statistics
import subprocess
import sys
import time
from pathlib import Path
from threading import Event, Thread

import pytest

from tests.bench.site import ROOT
from tests.proxy.load import LARGE
from tests.proxy.site import wait_until
from tests.proxy.visitor import Visitor, bearable, p95_of, seconds_of_a_page
from tests.race.database import rows

pytestmark = [pytest.mark.race, pytest.mark.nginx, pytest.mark.postgresql]

VISITORS = 6
DOWNLOADS = 50


class Crowd:
    """Visitors who ask without a pause, for pages that are built each time and with forms that write a row."""

    def __init__(self, server):
        self.server, self.over, self.answers = server, Event(), []
        self.threads = [Thread(target=self.visit, args=[n]) for n in range(VISITORS)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        wait_until(lambda: len(self.answers) > VISITORS)
        return self

    def __exit__(self, *_error):
        self.over.set()
        for thread in self.threads:
            thread.join(60)

    def visit(self, number):
        visitor = Visitor(self.server, address=f"127.0.1.{number + 1}")
        while not self.over.is_set():
            for ask in (
                lambda: visitor.get("/accounts/login/"),
                lambda: visitor.post("/accounts/login/", b"login=x"),
            ):
                try:
                    self.answers.append(ask().status)
                except OSError as error:
                    self.answers.append(repr(error))


@pytest.mark.parametrize("how", ["restart", "reload"])
def test_no_request_fails_while_the_web_server_is_replaced(server, how):
    with Crowd(server) as crowd:
        for _time in range(2):
            before = len(crowd.answers)
            if how == "restart":
                assert server.stop_web() == 0
                server.start_web()
            else:
                server.processes["web"].send_signal(1)  # SIGHUP
            assert wait_until(lambda before=before: len(crowd.answers) > before + 10 * VISITORS, 60)

    assert set(crowd.answers) == {200}
    assert server.processes["web"].poll() is None
    print(f"{how}: {len(crowd.answers)} requests, none failed")


def test_a_page_that_nobody_answers_is_said_to_come_back(server, stranger):
    """When the server is gone with its socket: its own page, without the site."""
    path = server.env["BIND"].removeprefix("unix:")
    hidden = Path(path).rename(f"{path}.away")
    try:
        answer = stranger.get("/accounts/login/")
    finally:
        hidden.rename(path)

    assert (answer.status, answer.headers["Retry-After"]) == (503, "60")
    assert "Back in a moment" in answer.text
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_50_downloads_of_50_mb_leave_the_site_quick(server, stranger):
    limit, took = bearable(stranger), []
    where = [str(server.https), str(server.certificate), server.at.large, str(DOWNLOADS)]
    command = [sys.executable, "-m", "tests.proxy.downloading", *where]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as downloading:
        assert downloading.stdout.readline() == "all have begun\n"
        while downloading.poll() is None:
            took.append(seconds_of_a_page(stranger))
            time.sleep(0.05)
        results = downloading.stdout.read().splitlines()

    print(
        f"p50 {statistics.median(took) * 1000:.0f} ms, p95 {p95_of(took) * 1000:.0f} ms beside {DOWNLOADS} downloads"
    )
    assert results == [f"200 {LARGE}"] * DOWNLOADS
    assert len(took) > 20
    assert p95_of(took) < limit


def test_what_was_acknowledged_is_there(server):
    assert rows(server.env, "SELECT count(*) FROM registration_download")[0][0] >= DOWNLOADS
