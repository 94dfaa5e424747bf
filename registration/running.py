"""How registrations stand, for /metrics: numbers of the whole site, without a name."""

from collections.abc import Iterator

from django.db.models import Count
from prometheus_client import Metric

from conference.metrics import by_status
from registration.models import Registration


def registrations() -> Iterator[Metric]:
    rows = Registration.objects.order_by().values_list("status").annotate(Count("pk"))
    yield by_status(
        "conference_registrations", "Registrations by how they ended.", rows, Registration.Status.values
    )
