"""Send what waits in the outbox, each mail once, whatever happens to the worker or the mail server."""

import logging
import smtplib
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from conference import clock
from conference.mail.bounces import is_nobody_there, is_stopped, note_arrival, note_refusal, refusals_at
from conference.mail.enclosures import enclosures_of
from conference.models import Outbox

log = logging.getLogger(__name__)
Status = Outbox.Status

STALE = timedelta(minutes=5)  # a worker that claimed a mail longer ago is dead
RETRY_AFTER_MINUTES = (1, 5, 15, 60, 180, 360, 720)  # then it has failed
NOT_REACHED = (OSError, smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError)
ANSWERED = (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused)  # OSError too, as Python counts


def send_due(at: datetime | None = None, limit: int = 50) -> int:
    """Send the mails that are due, urgent ones first; returns how many went out."""
    at = at or clock.now()
    take_back_stale(at)
    sent = 0
    connection = get_connection()
    try:
        for pk in list(Outbox.objects.due(at).values_list("pk", flat=True)[:limit]):
            mail = claim(pk)
            if not mail:
                continue
            refusals = refusals_at(mail.recipient)
            if reason := reason_against(mail, refusals, at):
                give_up(mail, reason)
                continue
            try:
                connection.send_messages([as_message(mail, connection)])
            except Exception as error:
                connection = get_connection()
                put_back(mail, error, at)
                if isinstance(error, NOT_REACHED) and not isinstance(error, ANSWERED):
                    break  # the next mail would wait for the same dead server
            else:
                mark_sent(mail)
                if refusals:
                    note_arrival(mail.recipient)
                sent += 1
    finally:
        connection.close()
    return sent


def reason_against(mail: Outbox, refusals: int, at: datetime) -> str:
    """Why it is not even tried; empty when it is."""
    if mail.not_after and at > mail.not_after:
        return _("It would have come too late to be of use.")
    if is_stopped(mail, refusals):
        return _("This address refused three mails. Correct it, or try it again.")
    return ""


def take_back_stale(at: datetime) -> None:
    """Mail whose worker died is sent again under the same Message-ID."""
    stale = Outbox.objects.filter(status=Status.SENDING, claimed_at__lt=at - STALE)
    stale.update(status=Status.WAITING, claimed_at=None)


def claim(pk: int) -> Outbox | None:
    """Take one mail; of several workers only one succeeds."""
    waiting = Outbox.objects.filter(pk=pk, status=Status.WAITING)
    if not waiting.update(status=Status.SENDING, claimed_at=clock.now(), attempts=F("attempts") + 1):
        return None
    return Outbox.objects.get(pk=pk)


def as_message(mail: Outbox, connection: BaseEmailBackend) -> EmailMultiAlternatives:
    host = settings.SITE_HOST.split(":")[0]
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        to=[mail.recipient],
        connection=connection,
        headers={
            "Message-ID": f"<{mail.guid}@{host}>",
            "Auto-Submitted": "auto-generated",
            **unsubscribe_headers(mail),
        },
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    for enclosure in enclosures_of(mail):
        message.attach(*enclosure)
    return message


def unsubscribe_headers(mail: Outbox) -> dict[str, str]:
    """With these a mail program offers a button of its own."""
    if not mail.unsubscribe_link:
        return {}
    return {
        "List-Unsubscribe": f"<{mail.unsubscribe_link}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def mark_sent(mail: Outbox) -> None:
    changes = {"status": Status.SENT, "sent_at": clock.now(), "last_error": "", **erased(mail)}
    Outbox.objects.filter(pk=mail.pk).update(**changes)


def put_back(mail: Outbox, error: Exception, at: datetime) -> None:
    """Try again later, or give up where trying again cannot help."""
    reason = f"{type(error).__name__}: {error}"[:300]
    if is_permanent(error) or mail.attempts > len(RETRY_AFTER_MINUTES):
        give_up(mail, reason, is_refusal=is_nobody_there(error))
        log.error("Mail %s is given up: %s", mail.guid, type(error).__name__)
        return
    later = at + timedelta(minutes=RETRY_AFTER_MINUTES[mail.attempts - 1])
    row = Outbox.objects.filter(pk=mail.pk, status=Status.SENDING)  # held meanwhile, it stays so
    row.update(status=Status.WAITING, due_at=later, claimed_at=None, last_error=reason)


@transaction.atomic
def give_up(mail: Outbox, reason: str, *, is_refusal: bool = False) -> None:
    """An address is remembered only while its mail is: not that of an account which was closed meanwhile."""
    changes = {"status": Status.FAILED, "last_error": reason, **erased(mail)}
    is_there = Outbox.objects.filter(pk=mail.pk).update(**changes)
    if is_refusal and is_there and not mail.is_forgotten:
        note_refusal(mail.recipient)


def erased(mail: Outbox) -> dict[str, str]:
    if mail.is_forgotten:
        return {"recipient": "", "subject": "", "text": "", "html": "", "last_error": ""}
    return {"text": "", "html": ""} if mail.is_secret else {}


def is_permanent(error: Exception) -> bool:
    """The recipient's or this mail's own fault; not that of a server that is down or badly configured."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code >= 500
    return isinstance(error, ValueError)  # an address or header that no mail can have
