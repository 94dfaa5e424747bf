"""`make bench`: how fast the pages of a large conference are, on SQLite and on PostgreSQL."""

import json
import os
import platform
import signal
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime

from tests.bench.client import Measured, measure, weigh
from tests.bench.importing import importing
from tests.bench.rush import rush
from tests.bench.site import gunicorn, run, scratch_site
from tests.postgres import postgres_server

WARM_UP = 20
SIZES = [50, 1000]  # sessions of further editions
HEAD = f"{'page':<14}{'req/s':>8}{'p50 ms':>9}{'p99 ms':>9}{'queries':>9}{'bytes':>10}{'gzip':>9}{'× trivial':>11}"


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # an early end still removes what was started
    processor = f"{os.cpu_count()} × {platform.machine()}, Python {platform.python_version()}"
    print(f"{datetime.now(UTC):%Y-%m-%d}, {processor}; gunicorn with 2 workers of 4 threads")
    failed = bench("SQLite", lambda: nullcontext("")) + bench("PostgreSQL", postgres_server)
    return 1 if failed else 0


def bench(name: str, server: Callable[[], AbstractContextManager[str]]) -> int:
    """Measure and print one database, empty for the pages and empty again for the rush; how much was wrong."""
    sizes = ", ".join(map(str, SIZES))
    print(
        f"\n{name}: 200 sessions (or as said: {sizes}), 180 speakers, 100 files of 1 MB\n{HEAD}", flush=True
    )
    with server() as url, scratch_site(url) as env:
        pages = json.loads(run(env, "-m", "tests.bench.load", "--sizes", *map(str, SIZES)))
        with gunicorn(env) as site:
            failed = sum(bench_pages(site, pages))
    with server() as url:
        failed += rush(url)
    with server() as url:
        return failed + importing(url)


def bench_pages(site: str, pages: dict[str, dict[str, str]]) -> list[int]:
    failed = []
    trivial = None
    for name, page in pages.items():
        url = site + page["path"]
        measure(url, WARM_UP)
        measured = measure(url)
        trivial = trivial or measured
        print_line(name, url, page["queries"], measured, trivial)
        failed.append(measured.failed)
    return failed


def print_line(name: str, url: str, queries: str, measured: Measured, trivial: Measured) -> None:
    print(
        f"{name:<14}{measured.per_second:>8.0f}{measured.p50 * 1000:>9.1f}{measured.p99 * 1000:>9.1f}"
        f"{queries:>9}{weigh(url, 'identity'):>10,}{weigh(url, 'gzip'):>9,}"
        f"{trivial.per_second / measured.per_second:>11.1f}",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
