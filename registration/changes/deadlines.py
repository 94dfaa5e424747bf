"""Until when people change their registration, their workshops and their mind by themselves."""

from datetime import datetime

from django.utils.translation import gettext as _

from conference import clock
from registration.exceptions import ChangesClosed
from registration.models import Registration
from registration.moments import moment_words


def own_changes_open(registration: Registration, at: datetime | None = None) -> bool:
    """By the server's clock, to the second: the moment itself is too late. Without one, until the edition is over."""
    at = at or clock.now()
    closes_at = registration.registration_type.changes_close_at
    if closes_at and at >= closes_at:
        return False
    return registration.edition.phase(at) != "after"


def deadline_words(registration: Registration, at: datetime | None = None) -> str:
    """A sentence that names the moment with its time zone; nothing where no moment is set, or all is over."""
    at = at or clock.now()
    edition, closes_at = registration.edition, registration.registration_type.changes_close_at
    if edition.phase(at) == "after":
        return _("The conference is over.")
    if closes_at is None:
        return ""
    moment = {"moment": moment_words(closes_at, edition)}
    if at >= closes_at:
        return _("Changes were possible until %(moment)s. Please write to the organisers.") % moment
    return _("You can change and cancel until %(moment)s.") % moment


def check_own_changes(registration: Registration, at: datetime) -> None:
    """For services, under the lock, when no organiser does it."""
    if not own_changes_open(registration, at):
        raise ChangesClosed(deadline_words(registration, at))
