"""A letter on its way: who gets it is written down first, then the worker writes the mails, a few at a time.

Each batch is one transaction under the lock of its letter, so whatever is killed goes on where it stopped, and of two
workers one waits; and one row for each address keeps anybody from getting the letter twice.
"""

import logging
from collections.abc import Sequence
from datetime import datetime

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from conference import clock
from conference.models import Outbox, User
from registration.letters.audience import Audience, Reader, people_of
from registration.letters.composing import KIND, Composer, languages_of
from registration.letters.exceptions import LetterRefused, NobodyToWriteTo, TooLate
from registration.letters.moments import is_due, is_too_late
from registration.models import Addressee, Letter

BATCH = 50
PORTION = 500
AWAY = (OperationalError, InterfaceError)  # of the database: no letter's fault, and tried again soon
Status = Letter.Status
logger = logging.getLogger(__name__)


def locked(pk: int) -> Letter:
    rows = Letter.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("edition").get(pk=pk)


def state_of(letter: Letter, readers: int) -> str:
    """What somebody saw who confirms: this text, these people."""
    return f"{letter.updated_at.isoformat()} {readers}"


@transaction.atomic
def send(*, letter: Letter, by: User, seen: str) -> Letter:
    """Let a draft go to those who were shown; raises if it is none any more, or if text or people are others now."""
    row = locked(letter.pk)
    if not row.is_draft or row.occasion:
        raise TooLate
    readers = begin(row, clock.now())
    if not readers:
        raise NobodyToWriteTo
    if seen != state_of(row, readers):
        raise LetterRefused
    row.sent_by = by
    row.save(update_fields=["sent_by"])
    return row


def begin(letter: Letter, at: datetime) -> int:
    """Write down who gets it; the letter is locked. How many they are."""
    found = people_of(letter.edition, Audience.of(letter.audience), is_news=letter.is_news)
    Addressee.objects.bulk_create(
        [
            Addressee(
                letter=letter, user=one.user, speaker=one.speaker, address=one.address, language=one.language
            )
            for one in found.readers
        ],
        batch_size=PORTION,
    )
    letter.status, letter.began_at = Status.SENDING, at
    letter.reader_count, letter.left_out_count = len(found.readers), len(found.left_out)
    letter.save(update_fields=["status", "began_at", "reader_count", "left_out_count"])
    return len(found.readers)


def write_next(at: datetime | None = None) -> int:
    """The next batch of the oldest letter on its way; how many people it was for, 0 when nothing is to be done."""
    at = at or clock.now()
    begin_due(at)
    for pk in list(Letter.objects.filter(status=Status.SENDING).order_by("pk").values_list("pk", flat=True)):
        if written := write_some(pk, at):
            return written
    return 0


def is_on_its_way() -> bool:
    return Letter.objects.filter(status=Status.SENDING).exists()


def begin_due(at: datetime) -> None:
    """Letters whose moment has come; each once, whichever worker is first."""
    planned = Letter.objects.filter(status=Status.PLANNED, edition__is_published=True)
    for letter in planned.select_related("edition").order_by("pk"):
        try:
            if is_due(letter, at) or is_too_late(letter, at):
                begin_planned(letter.pk, at)
        except AWAY:
            raise
        except Exception:  # the others begin all the same
            logger.exception("Letter %s cannot begin, and is tried again", letter.pk)


@transaction.atomic
def begin_planned(pk: int, at: datetime) -> None:
    letter = locked(pk)
    if letter.status != Status.PLANNED:
        return
    if is_too_late(letter, at):
        miss(letter, at)
    elif is_due(letter, at):
        begin(letter, at)


def miss(letter: Letter, at: datetime) -> None:
    letter.status, letter.finished_at = Status.MISSED, at
    letter.save(update_fields=["status", "finished_at"])


def write_some(pk: int, at: datetime) -> int:
    """A batch; one that cannot be written holds nobody else up, neither in this letter nor in later ones."""
    try:
        return write_batch(pk, at)
    except AWAY:
        raise
    except Exception:
        logger.exception("A batch of letter %s cannot be written; each of its mails is tried alone", pk)
    return write_singly(pk, at)


@transaction.atomic
def write_batch(pk: int, at: datetime) -> int:
    letter = locked(pk)
    if letter.status != Status.SENDING:  # stopped meanwhile, or written by another worker
        return 0
    if is_too_late(letter, at):
        miss(letter, at)
        return 0
    rows = list(to_write(letter)[:BATCH])
    if not rows:
        letter.status, letter.finished_at = Status.SENT, at
        letter.save(update_fields=["status", "finished_at"])
        return 0
    write(letter, rows, at)
    return len(rows)


def to_write(letter: Letter) -> QuerySet[Addressee]:
    rows = Addressee.objects.filter(letter=letter, written_at=None)
    return rows.select_related("user", "speaker").order_by("pk")


def write(letter: Letter, rows: Sequence[Addressee], at: datetime) -> None:
    """Their mails into the outbox; who cannot be reached any more, or unsubscribed, is left out and said so."""
    readers = {row.pk: reader for row in rows if (reader := still_reached(row, letter))}
    mails = Outbox.objects.bulk_create(Composer(letter, list(readers.values())).mails())
    by_row = dict(zip(readers, mails, strict=True))
    for row in rows:
        row.mail, row.written_at, row.is_left_out = by_row.get(row.pk), at, row.pk not in by_row
    Addressee.objects.bulk_update(rows, ["mail", "written_at", "is_left_out"])


@transaction.atomic
def write_singly(pk: int, at: datetime) -> int:
    """Whose mail cannot be filled has failed, where organisers see it; all others of the batch have theirs."""
    letter = locked(pk)
    if letter.status != Status.SENDING:
        return 0
    rows = list(to_write(letter)[:BATCH])
    for row in rows:
        try:
            with transaction.atomic():
                write(letter, [row], at)
        except AWAY:
            raise
        except Exception as error:
            fail(letter, row, at, error)
    return len(rows)


def fail(letter: Letter, row: Addressee, at: datetime, error: Exception) -> None:
    logger.error("A mail of letter %s cannot be filled: %s", letter.pk, type(error).__name__)
    reason = _("This mail could not be filled in. The log of the site says why.")
    row.mail = Outbox.objects.create(
        recipient=row.user.email if row.user else row.address, subject=str(letter)[:300], kind=KIND,
        edition=letter.edition, status=Outbox.Status.FAILED, last_error=reason,
    )  # fmt: skip
    row.written_at, row.is_left_out = at, False
    row.save(update_fields=["mail", "written_at", "is_left_out"])


def still_reached(row: Addressee, letter: Letter) -> Reader | None:
    user, speaker = row.user, row.speaker
    if user:
        is_reached = user.is_active and (user.wants_news or not letter.is_news)
        return Reader(user.email, user.name, row.language, user, speaker) if is_reached else None
    return Reader(row.address, speaker.name, row.language, speaker=speaker) if speaker else None


@transaction.atomic
def stop(*, letter: Letter) -> int:
    """Nothing more of it leaves: what waits in the outbox is held. How many mails that are.

    What a worker is sending just now is held too: it counts as sent if it arrives, and is not tried again if not.
    """
    row = locked(letter.pk)
    if row.status not in (Status.SENDING, Status.SENT):
        raise TooLate
    unsent = [Outbox.Status.WAITING, Outbox.Status.SENDING]
    held = mails_of(row).filter(status__in=unsent).update(status=Outbox.Status.HELD)
    if row.status == Status.SENT and not held:
        raise TooLate
    row.status = Status.STOPPED
    row.save(update_fields=["status"])
    return held


@transaction.atomic
def go_on(*, letter: Letter) -> None:
    """Those who have not got it get it after all."""
    row = locked(letter.pk)
    if row.status != Status.STOPPED:
        raise TooLate
    mails_of(row).filter(status=Outbox.Status.HELD).update(
        status=Outbox.Status.WAITING, due_at=clock.now(), claimed_at=None
    )
    row.status = Status.SENDING
    row.save(update_fields=["status"])


def hold_letters() -> None:
    """After a restore: what was on its way, or due since, may have been sent meanwhile; organisers let it go on."""
    Letter.objects.filter(status=Status.SENDING).update(status=Status.STOPPED)
    for letter in Letter.objects.filter(status=Status.PLANNED).select_related("edition"):
        if is_due(letter):
            Letter.objects.filter(pk=letter.pk).update(status=Status.DRAFT)


@transaction.atomic
def send_failed_again(*, letter: Letter) -> int:
    """The mails of this letter that failed are tried once more, and what could not be filled is; how many."""
    unfilled = fill_again(locked(letter.pk))
    failed = mails_of(letter).filter(status=Outbox.Status.FAILED).exclude(text="")
    return unfilled + failed.update(
        status=Outbox.Status.WAITING, attempts=0, last_error="", claimed_at=None, due_at=clock.now(),
        is_by_hand=True,
    )  # fmt: skip


def fill_again(letter: Letter) -> int:
    """Their people wait once more; the letter is locked, and on its way again unless it was stopped."""
    empty = list(mails_of(letter).filter(status=Outbox.Status.FAILED, text="").values_list("pk", flat=True))
    if not empty:
        return 0
    Addressee.objects.filter(letter=letter, mail__in=empty).update(mail=None, written_at=None)
    Outbox.objects.filter(pk__in=empty).delete()
    if letter.status == Status.SENT:
        letter.status = Status.SENDING
        letter.save(update_fields=["status"])
    return len(empty)


def mails_of(letter: Letter) -> QuerySet[Outbox]:
    return Outbox.objects.filter(pk__in=Addressee.objects.filter(letter=letter).order_by().values("mail"))


def send_to_oneself(*, letter: Letter, by: User) -> int:
    """A rehearsal in each language of the letter, filled for whoever asks; how many mails that are."""
    mails = []
    for language in languages_of(letter):
        mails += Composer(letter, [Reader(by.email, by.name, language, by)]).mails()
    return len(Outbox.objects.bulk_create(mails))
