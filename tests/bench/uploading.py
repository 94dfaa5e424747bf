"""How much memory the site takes for an upload of 200 MB: as much as for one of 20.

`python -m tests.bench.uploading`. Counted is what the web server holds for itself, and apart the child process that
looks into the file, which has a limit of its own; the pages of the file, which the system lets go as it likes, are not.
"""

import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

from tests.bench.sending import send
from tests.bench.site import gunicorn, pid_file, run, scratch_site

SIZES = (20, 200)  # MB
LIMITS = {"PRESENTATION_MAX_MB": "210", "SPEAKER_QUOTA_MB": "1000"}
MOST_GROWTH = 20  # MB between the two
LOOK_EVERY = 0.02  # seconds
MEGABYTE = 1024**2
PICTURE = b"<</Type/XObject/Subtype/Image/Width 1024/Height 1024/BitsPerComponent 8/ColorSpace/DeviceGray/Length %d>>"


def uploading() -> int:
    """Print a line for each size; how much was wrong."""
    peaks, failed = [], 0
    with scratch_site() as env, tempfile.TemporaryDirectory() as folder:
        env |= LIMITS
        path = run(env, "-m", "tests.bench.upload_link").strip()
        with gunicorn(env) as site:
            host = site.removeprefix("http://")
            send(host, path, a_pdf(Path(folder, "small.pdf"), 1))  # what is loaded once
            for size in SIZES:
                file = a_pdf(Path(folder, f"{size}.pdf"), size)
                with Peak(int(pid_file(env).read_text())) as peak:
                    begun = time.perf_counter()
                    status = send(host, path, file)
                    took = time.perf_counter() - begun
                failed += status != 302
                peaks.append(peak.web)
                print(
                    f"upload of {size:>3} MB: {status}, {took:.1f} s, {size / took:.0f} MB/s, "
                    f"web server {peak.web / MEGABYTE:.0f} MB more at most, check {peak.check / MEGABYTE:.0f} MB",
                    flush=True,
                )
    return failed + (peaks[1] - peaks[0] > MOST_GROWTH * MEGABYTE)


def a_pdf(path: Path, megabytes: int) -> Path:
    """One page with a picture of a megabyte for each, which no program can make shorter."""
    first, size = 4, MEGABYTE
    named = b"".join(b"/X%d %d 0 R" % (number, first + number) for number in range(megabytes))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Resources<</XObject<<%s>>>>>>" % named
    parts = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page]
    places = []
    with path.open("wb") as file, open("/dev/urandom", "rb") as chance:  # noqa: PTH123
        file.write(b"%PDF-1.7\n")
        for number, part in enumerate(parts, 1):
            places.append(file.tell())
            file.write(b"%d 0 obj\n%s\nendobj\n" % (number, part))
        for number in range(megabytes):
            places.append(file.tell())
            file.write(b"%d 0 obj\n" % (first + number) + PICTURE % size + b"\nstream\n")
            file.write(chance.read(size) + b"\nendstream\nendobj\n")
        table, count = file.tell(), len(places) + 1
        file.write(b"xref\n0 %d\n0000000000 65535 f \n" % count)
        file.write(b"".join(b"%010d 00000 n \n" % place for place in places))
        file.write(b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count, table))
    return path


class Peak:
    """The most memory of their own that the web server, and the processes that check a file for it, hold at one moment."""

    def __init__(self, server: int) -> None:
        self.server, self.over = server, threading.Event()
        self.web = self.check = 0
        self.before = sum(map(memory_of, self.web_processes()))
        self.thread = threading.Thread(target=self.watch)

    def __enter__(self) -> "Peak":
        self.thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.over.set()
        self.thread.join()

    def web_processes(self) -> list[int]:
        return [self.server, *children_of(self.server)]

    def watch(self) -> None:
        while not self.over.wait(LOOK_EVERY):
            web = self.web_processes()
            checks = [child for worker in web[1:] for child in children_of(worker)]
            self.web = max(self.web, sum(map(memory_of, web)) - self.before)
            self.check = max(self.check, sum(map(memory_of, checks)))


def children_of(pid: int) -> list[int]:
    """Those that any of its threads started; none of one that just ended."""
    with suppress(OSError):
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(child) for one in threads for child in (one / "children").read_text().split()]
    return []


def memory_of(pid: int) -> int:
    """Bytes that are not those of a file."""
    with suppress(OSError, StopIteration):
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        return 1024 * int(next(line for line in lines if line.startswith("RssAnon")).split()[1])
    return 0


if __name__ == "__main__":
    sys.exit(uploading())
