"""How long the queue of previews is, for /metrics."""

from collections.abc import Iterator

from django.db.models import Count
from prometheus_client import Metric

from conference.metrics import by_status
from sessions.models import Preview


def previews() -> Iterator[Metric]:
    rows = Preview.objects.order_by().values_list("state").annotate(Count("pk"))
    yield by_status("conference_previews", "Previews of files.", rows, Preview.State.values)
