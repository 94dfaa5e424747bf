"""What the web server does, counted for Prometheus: how many requests, how they ended, how long they took.

Each process counts for itself, in a folder that conference/wsgi.py names; whoever asks hears the sum of all. Labels are
names of addresses, never the addresses themselves, so nothing says who asked or for what.
"""

import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from prometheus_client import CollectorRegistry, Counter, Histogram

Respond = Callable[[HttpRequest], HttpResponse]
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
OF_THIS_PROCESS = CollectorRegistry()
REQUESTS = Counter(
    "conference_requests",
    "Requests answered; a status of 5xx is an error of ours.",
    ["route", "method", "status"],
    registry=OF_THIS_PROCESS,
)
DURATIONS = Histogram(
    "conference_request_seconds",
    "Seconds until the first byte of an answer.",
    ["route"],
    buckets=SECONDS,
    registry=OF_THIS_PROCESS,
)


def measure(get_response: Respond) -> Respond:
    """Outermost, so that what is kept or refused early is counted as well."""

    def middleware(request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        response = get_response(request)
        route = route_of(request, response)
        method = request.method if request.method in METHODS else "other"
        REQUESTS.labels(route, method, f"{response.status_code // 100}xx").inc()
        DURATIONS.labels(route).observe(time.perf_counter() - begun)
        return response

    return middleware


def route_of(request: HttpRequest, response: HttpResponse) -> str:
    """The name of the address; of a page that was kept nobody looked it up."""
    if request.resolver_match:
        return request.resolver_match.view_name or "unnamed"
    if request.path_info.startswith(settings.STATIC_URL):
        return "static"
    return "kept page" if response.status_code < 400 else "none"
