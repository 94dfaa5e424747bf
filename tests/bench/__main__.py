"""`make bench`: how fast the pages of a large conference are, on SQLite and on PostgreSQL, and its long work."""

import json
import os
import platform
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime

from tests.bench.allocating import allocating
from tests.bench.certificates import certificates
from tests.bench.client import Measured, etag_of, measure, weigh
from tests.bench.day import day
from tests.bench.importing import importing
from tests.bench.keeping import keeping
from tests.bench.letters import letters
from tests.bench.library import library
from tests.bench.newcomers import newcomers
from tests.bench.packs import packs
from tests.bench.rush import rush
from tests.bench.site import THREADS, WORKERS, gunicorn, run, scratch_site
from tests.bench.uploading import uploading
from tests.postgres import postgres_server

WARM_UP = 12
SECONDS = 5  # at most for each measurement
SIZES = [50, 1000]  # sessions of further editions
BUILT_ANEW = {"PAGES_KEPT_MB": "0"}
HEAD = (
    f"{'':<16}{'':>9}{'':>11}{'':>9}{'each built anew':>25}{'kept':>16}{'not sent':>10}\n"
    f"{'page':<16}{'queries':>9}{'bytes':>11}{'gzip':>9}{'per s':>9}{'p50 ms':>8}{'p99 ms':>8}"
    f"{'per s':>9}{'of trivial':>11}{'304 per s':>10}"
)


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # an early end still removes what was started
    processor = f"{os.cpu_count()} × {platform.machine()}, Python {platform.python_version()}"
    print(f"{datetime.now(UTC):%Y-%m-%d}, {processor}; gunicorn with {WORKERS} workers of {THREADS} threads")
    parts: list[Callable[[], int | None]] = [
        lambda: bench("SQLite", lambda: nullcontext("")),
        lambda: bench("PostgreSQL", postgres_server),
        registering,
        long_work,
        uploading,
        day,
        keeping,
    ]
    return 1 if sum([survived(part) for part in parts]) else 0


def survived(part: Callable[[], int | None]) -> int:
    """How much was wrong; a part that breaks takes no other with it."""
    try:
        return part() or 0
    except Exception:
        traceback.print_exc()
        print("BROKEN: the part above has no figures", flush=True)
        return 1


def registering() -> int:
    """The rush of newcomers, on PostgreSQL."""
    print("\nPostgreSQL: 400 newcomers, 50 at a time, for 300 places", flush=True)
    with postgres_server() as url:
        failed = newcomers(url)
    with postgres_server() as url:
        return failed + newcomers(url, is_killing=True)


def long_work() -> int:
    """What the worker does for an organiser; sheets and certificates are set on this machine alone."""
    print("\nLong work", flush=True)
    works = [allocating, badges_and_previews, exporting, library, mailing, certificates, packs]
    return sum([survived(work) for work in works])


def badges_and_previews() -> None:
    for module in ("badges", "previews"):
        print(run(dict(os.environ), "-m", f"tests.bench.{module}"), flush=True)


def exporting() -> None:
    with postgres_server() as url, scratch_site(url) as env:
        print(run(env, "-m", "tests.bench.exporting"), flush=True)


def mailing() -> int:
    with postgres_server() as url:
        return letters(url)


def bench(name: str, server: Callable[[], AbstractContextManager[str]]) -> int:
    """Measure and print one database, empty for the pages and empty again for the rush; how much was wrong."""
    sizes = ", ".join(map(str, SIZES))
    print(
        f"\n{name}: 200 sessions (or as said: {sizes}), 180 speakers, 100 files of 1 MB\n{HEAD}", flush=True
    )
    with server() as url, scratch_site(url) as env:
        load = [*("-m", "tests.bench.load", "--sizes"), *map(str, SIZES)]
        pages = json.loads(run(env | BUILT_ANEW, *load))
        with gunicorn(env | BUILT_ANEW) as site:
            built = {name: measured(site + page["path"]) for name, page in pages.items()}
        with gunicorn(env) as site:
            failed = bench_kept(site, pages, built)
    with server() as url:
        failed += rush(url)
    with server() as url:
        return failed + importing(url)


def measured(url: str, etag: str = "") -> Measured:
    measure(url, WARM_UP, etag=etag)
    return measure(url, seconds=SECONDS, etag=etag)


def bench_kept(site: str, pages: dict[str, dict[str, str]], built: dict[str, Measured]) -> int:
    """Measure the same pages as the site serves them, print each line; how many answers were wrong."""
    failed = 0
    trivial = measured(site + next(iter(pages.values()))["path"])
    for name, page in pages.items():
        url = site + page["path"]
        kept, etag = measured(url), etag_of(url)
        same = measured(url, etag) if etag else None
        print_line(name, url, page["queries"], built[name], kept, trivial, same)
        failed += built[name].failed + kept.failed + (same.failed if same else 0)
    return failed


def print_line(
    name: str,
    url: str,
    queries: str,
    built: Measured,
    kept: Measured,
    trivial: Measured,
    same: Measured | None,
) -> None:
    print(
        f"{name:<16}{queries:>9}{weigh(url, 'identity'):>11,}{weigh(url, 'gzip'):>9,}"
        f"{built.per_second:>9.0f}{built.p50 * 1000:>8.0f}{built.p99 * 1000:>8.0f}"
        f"{kept.per_second:>9.0f}{kept.per_second / trivial.per_second:>11.1f}"
        f"{f'{same.per_second:.0f}' if same else '':>10}",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
