"""Speakers and organisers say when presentations come, or that there will be none."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from conference import clock
from conference.trail.records import note
from sessions.exceptions import PromiseRefused
from sessions.models import Session

FURTHEST = 366  # days ahead; a day later than that is a slip of the keyboard


@transaction.atomic
def promise(*, sessions: Iterable[Session], day: date, at: datetime | None = None) -> list[Session]:
    """They come by that day; until it is over nobody is asked again."""
    found = _locked(sessions)
    for session in found:
        today = session.edition.today(at)
        if day < today:
            raise PromiseRefused(_("Choose a day that is still ahead."))
        if (day - today).days > FURTHEST:
            raise PromiseRefused(_("Choose a day within a year."))
    _change(found, expects_presentations=True, presentations_promised_for=day)
    return found


@transaction.atomic
def expect_none(*, sessions: Iterable[Session]) -> list[Session]:
    """There will be no presentation, so nobody is asked for one. One that comes all the same is taken."""
    found = _locked(sessions)
    _change(found, expects_presentations=False, presentations_promised_for=None)
    return found


@transaction.atomic
def expect_again(*, sessions: Iterable[Session]) -> list[Session]:
    """Presentations are awaited, and no day is promised."""
    found = _locked(sessions)
    _change(found, expects_presentations=True, presentations_promised_for=None)
    return found


def _locked(sessions: Iterable[Session]) -> list[Session]:
    rows = Session.objects.select_for_update(no_key=True, of=("self",)).select_related("edition")
    return list(rows.filter(pk__in=[session.pk for session in sessions]).order_by("pk"))


def _change(sessions: list[Session], **fields: object) -> None:
    """Each is stamped as changed, so that a form that was open meanwhile overwrites nothing."""
    for session in sessions:
        for name, value in fields.items():
            setattr(session, name, value)
        session.updated_at = clock.now()
    Session.objects.bulk_update(sessions, [*fields, "updated_at"])
    note(sessions)
