"""Who may have a presentation and from when: what speakers choose from, within what the organisers allow."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from conference import clock
from conference.dates import date_format
from conference.models import Edition, User
from sessions.exceptions import PresentationRefused
from sessions.models import Presentation

Audience = Presentation.Audience
WIDEST_FIRST = [Audience.EVERYONE, Audience.MEMBERS, Audience.ATTENDEES]  # the fourth is the organisers' word
Choice = tuple[str, datetime | None, bool]  # audience, opens_at, opens_after_session


def audiences_for(edition: Edition | None, kept: str = "") -> list[Audience]:
    """The widest first; without an edition there are no attendees, and `kept` may stay whatever it is."""
    if edition is None:
        return WIDEST_FIRST[:2]
    widest = WIDEST_FIRST.index(Audience(edition.widest_audience))
    return [one for place, one in enumerate(WIDEST_FIRST) if place >= widest or one == kept]


def earliest_opening(edition: Edition | None, at: datetime | None = None) -> datetime | None:
    """Before it nothing opens that a speaker gives; to the minute, as forms take it, and None once it is over."""
    earliest = edition.presentations_open_from if edition else None
    if not earliest or earliest <= (at or clock.now()):
        return None
    return earliest.replace(second=0, microsecond=0)


def refuse_what_is_not_allowed(row: Presentation, before: Choice | None = None) -> None:
    """Of a speaker's choice; what was so before may stay, however the organisers think now."""
    audience, *moment = before or ("", None, None)
    if row.audience not in [*audiences_for(row.edition), audience]:
        raise PresentationRefused(_("The organisers do not open presentations to so many people."))
    if before and moment == [row.opens_at, row.opens_after_session]:
        return
    earliest = earliest_opening(row.edition)
    if earliest and (row.opens_at is None or row.opens_at < earliest):
        raise PresentationRefused(too_early(earliest))


def is_too_late(edition: Edition | None, at: datetime | None = None) -> bool:
    """After the deadline of an edition that takes nothing later."""
    due = edition.presentations_due_at if edition and not edition.takes_late_presentations else None
    return due is not None and (at or clock.now()) > due


def refuse_late(edition: Edition | None, by: User | None) -> None:
    """Organisers can still add what came to them by another way."""
    if (
        edition
        and is_too_late(edition)
        and not (by and by.has_perm("conference_sessions.change_presentation"))
    ):
        raise PresentationRefused(too_late(edition))


def too_late(edition: Edition) -> str:
    """In the active time zone; empty while presentations are taken."""
    if not edition.presentations_due_at or not is_too_late(edition):
        return ""
    return _(
        "Presentations could be sent until %(moment)s. Write to the organisers if yours should still come."
    ) % {"moment": moment_words(edition.presentations_due_at)}


def too_early(earliest: datetime) -> str:
    """In the active time zone."""
    return _("The organisers let presentations open from %(moment)s on.") % {"moment": moment_words(earliest)}


def moment_words(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j F Y, H:i")
