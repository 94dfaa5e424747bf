"""Mail that waits, failed or is held since a restore, in numbers for the front page of the admin."""

from typing import Any

from django.db.models import Count
from django.urls import reverse

from conference.models import Outbox

SHOWN = [Outbox.Status.WAITING, Outbox.Status.FAILED, Outbox.Status.HELD]


def mail_numbers() -> list[dict[str, Any]]:
    rows = Outbox.objects.filter(status__in=SHOWN).order_by().values_list("status")
    counts = dict(rows.annotate(count=Count("pk")))
    address = reverse("admin:conference_outbox_changelist")
    return [
        {
            "words": status.label,
            "value": counts.get(status, 0),
            "address": f"{address}?status__exact={status.value}",
        }
        for status in SHOWN
        if status != Outbox.Status.HELD or status in counts
    ]
