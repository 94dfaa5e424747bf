"""After three mails in a row that an address refused for good, it gets no more of them until one arrives."""

import smtplib
from datetime import datetime, timedelta

from django.db.models import F

from conference import clock
from conference.models import Bounce, Outbox

LIMIT = 3
KEPT = timedelta(days=180)  # then the address is tried again, or nobody remembers it
POLICY = b"5.7."  # says that it does not take mail from us, whoever it is for


def refusals_at(address: str) -> int:
    """How many mails in a row it refused."""
    counts = Bounce.objects.filter(address=address.lower()).values_list("count", flat=True)
    return counts.first() or 0


def is_stopped(mail: Outbox, refusals: int) -> bool:
    """What somebody waits for and what an organiser sends by hand is tried all the same."""
    return refusals >= LIMIT and not (mail.is_urgent or mail.is_by_hand)


def is_nobody_there(error: Exception) -> bool:
    """Whether the server refused the recipient for good; not us, and not this one mail."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    return all(code >= 500 and not said.startswith(POLICY) for code, said in error.recipients.values())


def note_refusal(address: str) -> None:
    now = clock.now()
    bounce, _is_new = Bounce.objects.get_or_create(address=address.lower(), defaults={"last_at": now})
    Bounce.objects.filter(pk=bounce.pk).update(count=F("count") + 1, last_at=now)


def note_arrival(address: str) -> None:
    Bounce.objects.filter(address=address.lower()).delete()


def forget_old_bounces(at: datetime | None = None) -> int:
    return Bounce.objects.filter(last_at__lt=(at or clock.now()) - KEPT).delete()[0]
