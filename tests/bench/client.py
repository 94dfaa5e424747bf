"""Ask one address many times from a few threads and measure what each answer took."""

import http.client
import statistics
import threading
import time
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Measured:
    """Times are seconds; `failed` counts answers other than the one wanted."""

    per_second: float
    p50: float
    p99: float
    failed: int


def measure(url: str, requests: int = 300, threads: int = 4, seconds: float = 15, etag: str = "") -> Measured:
    """The speed of `url` when `threads` visitors ask it `requests` times in all, or until the time is over.

    With an `etag` they say that they have this state already, and want to hear so.
    """
    parts = urlsplit(url)
    headers = {"Accept-Encoding": "gzip", **({"If-None-Match": etag} if etag else {})}
    right = 304 if etag else 200
    times: list[float] = []
    statuses: list[int] = []

    def visit(count: int) -> None:
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
        for _ in range(count):
            begun = time.perf_counter()
            if begun > deadline:
                break
            connection.request("GET", asked_of(url), headers=headers)
            answer = connection.getresponse()
            while answer.read(65536):
                pass
            times.append(time.perf_counter() - begun)
            statuses.append(answer.status)
        connection.close()

    begun = time.perf_counter()
    deadline = begun + seconds
    visitors = [threading.Thread(target=visit, args=[requests // threads]) for _ in range(threads)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    took = time.perf_counter() - begun
    hundredths = statistics.quantiles(times, n=100)
    return Measured(
        len(times) / took, hundredths[49], hundredths[98], sum(status != right for status in statuses)
    )


def etag_of(url: str) -> str:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
    connection.request("GET", asked_of(url))
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.headers["ETag"] or ""


def weigh(url: str, encoding: str) -> int:
    """Bytes of the body as it goes over the wire with this Accept-Encoding."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
    connection.request("GET", asked_of(url), headers={"Accept-Encoding": encoding})
    size = len(connection.getresponse().read())
    connection.close()
    return size


def asked_of(url: str) -> str:
    """What stands behind the host: the path, and the query if there is one."""
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
