"""Give a mail that failed another chance; hold what waited in a backup until somebody releases it."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from conference import clock
from conference.models import Outbox

Status = Outbox.Status
# What else writes mail by itself is held with it; the floors above add theirs.
ALSO_HELD: list[Callable[[], None]] = []


def can_be_sent_again(mail: Outbox) -> bool:
    """Failed or held, and its text is still here."""
    return mail.status in (Status.FAILED, Status.HELD) and bool(mail.text)


@transaction.atomic
def send_again(*, mail: Outbox, at: datetime | None = None) -> bool:
    """Queue a failed or held mail once more; False when it is neither, or its text was erased."""
    locked = Outbox.objects.select_for_update().get(pk=mail.pk)
    if not can_be_sent_again(locked):
        return False
    locked.status, locked.attempts, locked.last_error = Status.WAITING, 0, ""
    locked.claimed_at, locked.due_at, locked.is_by_hand = None, at or clock.now(), True
    locked.save(update_fields=["status", "attempts", "last_error", "claimed_at", "due_at", "is_by_hand"])
    return True


@transaction.atomic
def hold_waiting() -> int:
    """After a restore nothing goes out by itself: it may have been sent since. Codes are worth nothing any more."""
    for hold in ALSO_HELD:
        hold()
    waiting = Outbox.objects.filter(status__in=[Status.WAITING, Status.SENDING])
    waiting.filter(is_secret=True).update(status=Status.FAILED, text="", html="", claimed_at=None)
    return waiting.filter(is_secret=False).update(status=Status.HELD, claimed_at=None)
