"""Ask speakers for presentations that are missing: by a button, or at moments that organisers chose."""

from datetime import datetime, timedelta

from django.db import transaction

from conference import clock
from conference.mail.batches import one_batch
from conference.models import Edition, User
from sessions.collecting.mails import ask
from sessions.collecting.people import REST, Person, Round, round_of
from sessions.models import Appearance, SlidesReminder

PATIENCE = timedelta(hours=1)  # so long an automatic reminder waits for somebody's day of rest to end


@transaction.atomic
@one_batch()
def remind(*, edition: Edition, by: User | None, at: datetime | None = None) -> Round:
    """One mail to each who owes something and was not asked within a day; answers whom it reached."""
    at = at or clock.now()
    appearances = Appearance.objects.filter(session__edition=edition).order_by("pk")
    list(appearances.select_for_update(no_key=True, of=("self",)).values_list("pk"))  # two buttons at once
    found = round_of(edition, at)
    for person in found.asked:
        ask(person, edition, by, at)
        note_asked(person, at)
    return found


def note_asked(person: Person, at: datetime) -> None:
    Appearance.objects.filter(pk__in=[one.pk for one in person.owed]).update(asked_at=at)


def send_due(at: datetime | None = None) -> int:
    """Send every reminder whose moment has come, also late, each once; answers how many mails that are."""
    at = at or clock.now()
    due = SlidesReminder.objects.filter(sent_at=None, at__lte=at).order_by("at", "pk")
    return sum(_send(pk, at) for pk in list(due.values_list("pk", flat=True)))


@transaction.atomic
def _send(pk: int, at: datetime) -> int:
    locked = SlidesReminder.objects.select_for_update(no_key=True, of=("self",)).filter(pk=pk, sent_at=None)
    reminder = locked.select_related("edition").first()
    if not reminder or waits_for_rest(reminder.edition, at):
        return 0
    reminder.sent_at = at
    reminder.save(update_fields=["sent_at"])
    return len(remind(edition=reminder.edition, by=None, at=at).asked)


def waits_for_rest(edition: Edition, at: datetime) -> bool:
    """The reminder of the day before went out late, so that somebody's day is over only in a moment."""
    resting = round_of(edition, at).resting
    return any(one.asked_at and one.asked_at <= at - REST + PATIENCE for one in resting)
