"""A pack of 500 files of 10 MB, and 50 downloads of 50 MB at once while pages are asked: speed, and memory.

`python -m tests.bench.packs` on SQLite. All 500 presentations share one file on disk, as identical files do.
"""

import http.client
import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

from tests.bench.client import Measured, measure
from tests.bench.site import gunicorn, run, scratch_site, workers_of

FILES, FILE_SIZE = 500, 10 * 1024**2
DOWNLOADS, LARGE_SIZE = 50, 50 * 1024**2
MEGABYTE, BLOCK = 1024**2, 256 * 1024
LONGEST = 180  # seconds of one download
MOST_GROWTH = 50  # megabytes of a process


def load() -> dict[str, str]:
    """In the scratch site: what the measurements ask for."""
    import django

    django.setup()
    from sessions.models import Presentation, PresentationFile
    from tests.factories import make_edition, make_presentation, make_session

    session = make_session(make_edition(), "Five hundred files")
    first = make_presentation(session, "File 0", os.urandom(FILE_SIZE)).current_file
    rows = Presentation.objects.bulk_create(
        Presentation(session=session, edition=session.edition, title=f"File {n}", audience="everyone")
        for n in range(1, FILES)
    )
    fields = {"file": first.file.name, "size": FILE_SIZE, "format": "pdf", "status": "approved"}
    versions = PresentationFile.objects.bulk_create(
        PresentationFile(presentation=row, content_type="application/pdf", **fields) for row in rows
    )
    for row, version in zip(rows, versions, strict=True):
        row.current_file = version
    Presentation.objects.bulk_update(rows, ["current_file"])
    other = make_session(make_edition(slug="quick"), "A quick page")
    large = make_presentation(other, "Large", b"%PDF-1.7 ")
    version = large.current_file
    os.truncate(version.file.path, LARGE_SIZE)  # sparse: it takes no room
    PresentationFile.objects.filter(pk=version.pk).update(size=LARGE_SIZE)
    return {
        "pack": f"/packs/session/{session.guid}/pack.zip",
        "file": first.file.path,
        "large": f"/presentations/{large.guid}/download/",
        "page": other.get_absolute_url(),
    }


def packs() -> int:
    """Print what was measured; how much of it was wrong."""
    print(f"\nPack of {FILES} files of {FILE_SIZE // MEGABYTE} MB, SQLite", flush=True)
    with scratch_site() as env:
        env |= {"PACK_AT_ONCE_MB": "20000", "PAGES_KEPT_MB": "0"}
        found = json.loads(run(env, "-m", "tests.bench.packs", "--load"))
        with gunicorn(env) as site:
            failed = measure_pack(site, env, found)
            failed += measure_downloads("from the site itself", site, env, found)
        with gunicorn(env | {"X_ACCEL_PREFIX": "/private-files/"}) as site:
            failed += measure_downloads("bytes left to the proxy", site, env, found)
    return failed


def measure_pack(site: str, env: dict[str, str], found: dict[str, str]) -> int:
    begun = time.perf_counter()
    size, _status = fetch(site + found["pack"], "HEAD")
    counting = time.perf_counter() - begun
    before = memory_of(env)
    begun = time.perf_counter()
    got, status = fetch(site + found["pack"])
    speed = got / MEGABYTE / (time.perf_counter() - begun)
    growth = memory_of(env) - before
    reading = reading_speed(found["file"])
    print(
        f"sums counted in {counting:.1f} s; sent {got / MEGABYTE:,.0f} of {size / MEGABYTE:,.0f} MB at {speed:.0f} MB/s, "
        f"the files alone are read at {reading:.0f} MB/s; most memory of a process {before} MB before, {growth:+d} MB",
        flush=True,
    )
    return int(status != 200) + int(got != size) + int(growth > MOST_GROWTH)


def measure_downloads(words: str, site: str, env: dict[str, str], found: dict[str, str]) -> int:
    """The page is asked before, and again while all downloads are on their way."""
    before = memory_of(env)
    alone = measure(site + found["page"], 60, threads=2, seconds=8)
    begun = time.perf_counter()
    with ThreadPoolExecutor(DOWNLOADS) as threads:
        running = [threads.submit(fetch, site + found["large"]) for _download in range(DOWNLOADS)]
        beside = measure(site + found["page"], 60, threads=2, seconds=8)
        results = [one.result() for one in running]
    took = time.perf_counter() - begun
    total = sum(size for size, _status in results) / MEGABYTE
    print(
        f"{DOWNLOADS} downloads of {LARGE_SIZE // MEGABYTE} MB, {words}: {total:,.0f} MB in {took:.1f} s; "
        f"a page alone {milliseconds(alone)}, beside them {milliseconds(beside)}; "
        f"memory {memory_of(env) - before:+d} MB",
        flush=True,
    )
    return sum(status != 200 for _size, status in results) + alone.failed + beside.failed


def milliseconds(one: Measured) -> str:
    return f"p50 {one.p50 * 1000:.0f} ms, p99 {one.p99 * 1000:.0f} ms"


def fetch(url: str, method: str = "GET") -> tuple[int, int]:
    """How many bytes came (or would, for a HEAD), and the status."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=LONGEST)
    connection.request(method, parts.path)
    answer = connection.getresponse()
    size, until = 0, time.monotonic() + LONGEST
    while time.monotonic() < until and (piece := answer.read(BLOCK)):
        size += len(piece)
    connection.close()
    return int(answer.headers["Content-Length"]) if method == "HEAD" else size, answer.status


def reading_speed(path: str) -> float:
    begun = time.perf_counter()
    for _file in range(FILES):
        with Path(path).open("rb") as file:
            while file.read(BLOCK):
                pass
    return FILES * FILE_SIZE / MEGABYTE / (time.perf_counter() - begun)


def memory_of(env: dict[str, str]) -> int:
    """The most that any process of the site ever had, in megabytes."""
    return max(peak(pid) for pid in workers_of(env))


def peak(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmHWM"))) // 1024


if __name__ == "__main__":
    if "--load" in sys.argv:
        print(json.dumps(load()))
    else:
        sys.exit(packs())
