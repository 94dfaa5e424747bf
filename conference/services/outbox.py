"""Give a mail that failed another chance."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from conference.models import Outbox


@transaction.atomic
def send_again(*, mail: Outbox, at: datetime | None = None) -> bool:
    """Queue a failed mail once more; answers False when it did not fail or its text was erased."""
    locked = Outbox.objects.select_for_update().get(pk=mail.pk)
    if locked.status != Outbox.Status.FAILED or not locked.text:
        return False
    locked.status, locked.attempts, locked.last_error = Outbox.Status.WAITING, 0, ""
    locked.claimed_at, locked.due_at = None, at or timezone.now()
    locked.save(update_fields=["status", "attempts", "last_error", "claimed_at", "due_at"])
    return True
