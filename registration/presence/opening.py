"""From when presence can be noted on the list of a session: people take their seats a little before it begins."""

from datetime import datetime, time, timedelta

from django.utils.translation import gettext as _

from registration.moments import moment_words
from sessions.models import Session, Slot

BEFORE = timedelta(hours=1)


def opens_at(session: Session) -> datetime | None:
    """An hour before its first released time; without one, when the edition's first day begins there.

    None where no day is known either: then at any time.
    """
    times = Slot.objects.released().filter(session=session.pk, starts_at__isnull=False)
    first = times.order_by("starts_at").values_list("starts_at", flat=True).first()
    if first:
        return first - BEFORE
    day = session.edition.starts_on
    return datetime.combine(day, time(), session.edition.zone) if day else None


def too_early_words(session: Session, at: datetime) -> str:
    """From when it can be noted; empty once it can."""
    opens = opens_at(session)
    if opens is None or at >= opens:
        return ""
    return _("Presence can be noted from %(moment)s.") % {"moment": moment_words(opens, session.edition)}
