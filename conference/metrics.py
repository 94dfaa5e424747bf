"""/metrics: the figures of the running site, for Prometheus, which has the token, and for programs on this machine."""

import os
from collections.abc import Callable, Iterable, Iterator

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError
from django.db.models import Count, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Metric, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from conference import clock
from conference.health import BEAT
from conference.measuring import OF_THIS_PROCESS
from conference.models import Outbox, Task
from conference.proxies import SAID_BY_PROXIES, is_proxy

Source = Callable[[], Iterable[Metric]]
SOURCES: list[Source] = []  # what other apps have to tell
LOOPBACK = ("127.0.0.1", "::1", "")  # whoever comes through our Unix socket has no address


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """For everybody else there is nothing here."""
    if not (has_token(request) or is_from_this_machine(request)):
        raise Http404
    return HttpResponse(b"".join(map(generate_latest, everything())), content_type=CONTENT_TYPE_LATEST)


def has_token(request: HttpRequest) -> bool:
    kind, _space, token = request.headers.get("Authorization", "").partition(" ")
    is_theirs = constant_time_compare(token.strip(), settings.METRICS_TOKEN)
    return bool(settings.METRICS_TOKEN) and kind.lower() == "bearer" and is_theirs


def is_from_this_machine(request: HttpRequest) -> bool:
    """What a proxy passes on comes from where the proxy says, if it is one that we count on; else nobody knows."""
    address = request.META.get("REMOTE_ADDR", "")
    if not is_proxy(address, tuple(settings.PROXY_ADDRESSES)):  # what it said of others was dropped
        return False
    if not any(name in request.META for name in SAID_BY_PROXIES):
        return address in LOOPBACK
    return bool(settings.ALLAUTH_TRUSTED_PROXY_COUNT) and get_adapter().get_client_ip(request) in LOOPBACK


def everything() -> list[CollectorRegistry]:
    counted = OF_THIS_PROCESS
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        counted = CollectorRegistry()
        MultiProcessCollector(counted)
    site = CollectorRegistry(auto_describe=False)
    site.register(OfTheSite())
    return [counted, site]


class OfTheSite(Collector):
    """What stands in the database, which is the same whichever process or machine is asked."""

    def collect(self) -> Iterator[Metric]:
        answers = GaugeMetricFamily("conference_database_up", "Whether the database answers.")
        try:
            found = [metric for source in (mail, tasks, worker, *SOURCES) for metric in source()]
        except DatabaseError:
            found = []
            answers.add_metric([], 0)
        else:
            answers.add_metric([], 1)
        yield from (answers, *found)


def by_status(name: str, words: str, rows: Iterable[tuple[str, int]], statuses: Iterable[str]) -> Metric:
    """Each status has a line, also when nothing has it."""
    counts = dict(rows)
    family = GaugeMetricFamily(name, words, labels=["status"])
    for status in statuses:
        family.add_metric([status], counts.get(status, 0))
    return family


def mail() -> Iterator[Metric]:
    rows = Outbox.objects.order_by().exclude(status=Outbox.Status.SENT).values_list("status")
    statuses = [one for one in Outbox.Status.values if one != Outbox.Status.SENT]
    yield by_status("conference_mail", "Mails that are not sent.", rows.annotate(Count("pk")), statuses)
    oldest = Outbox.objects.due().order_by().aggregate(Min("due_at"))["due_at__min"]
    age = (clock.now() - oldest).total_seconds() if oldest else 0
    yield GaugeMetricFamily("conference_mail_oldest_seconds", "How long the oldest due mail waits.", age)


def tasks() -> Iterator[Metric]:
    rows = Task.objects.order_by().values_list("status").annotate(Count("pk"))
    yield by_status("conference_tasks", "Long tasks of the last day.", rows, Task.Status.values)


def worker() -> Iterator[Metric]:
    last = cache.get(BEAT)
    if last:
        silent = (clock.now() - last).total_seconds()
        yield GaugeMetricFamily("conference_worker_silent_seconds", "Since a worker was seen last.", silent)
