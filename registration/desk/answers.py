"""What became of a scan, in words that can be read across a counter."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from conference.clock import now
from conference.dates import clock, date_format
from conference.models import Edition
from conference.templatetags.texts import shown
from registration.models import CheckIn, Place, Registration
from registration.services.check_in import Answer, Kind
from sessions.models import Session

TONES = {Kind.WELCOME: "good", Kind.ALREADY: "warn", Kind.UNDONE: "warn"}  # the others are bad


@dataclass(frozen=True)
class Shown:
    """One answer as a device shows it. The name is that of a person of this edition, else empty."""

    kind: str
    tone: str
    title: str
    words: str = ""
    name: str = ""
    detail: str = ""
    note: str = ""
    person: str = ""  # guid of the registration
    check_in: str = ""  # nonce of the check-in that can be taken back

    as_dict = asdict


def in_words(answer: Answer, edition: Edition, session: Session | None) -> Shown:
    person = answer.registration
    return Shown(
        kind=answer.kind,
        tone=TONES.get(answer.kind, "bad"),
        title=titles(session)[answer.kind],
        words=reason(answer, edition),
        name=person.user.name if person else "",
        detail=shown(person.registration_type, "name")[0] if person else "",
        note=missing_place(person, session) if person and session and answer.kind == Kind.WELCOME else "",
        person=str(person.guid) if person else "",
        check_in=str(answer.check_in.nonce) if answer.check_in and not answer.check_in.undone_at else "",
    )


def titles(session: Session | None = None) -> dict[str, str]:
    return {
        Kind.WELCOME: _("Present") if session else _("Welcome"),
        Kind.ALREADY: _("Already noted as present") if session else _("Already checked in"),
        Kind.UNKNOWN: _("Unknown ticket"),
        Kind.OTHER_EDITION: _("Ticket of another edition"),
        Kind.CANCELLED: _("Cancelled"),
        Kind.WAITING: _("Only on the waiting list"),
        Kind.PENDING: _("Not approved yet"),
        Kind.UNDONE: _("Taken back"),
        Kind.UNREADABLE: _("No ticket"),
    }


def reasons() -> dict[str, str]:
    """Those that need nothing filled in; a device without a network says them too."""
    return {
        Kind.UNKNOWN: _("Nobody has this code. Perhaps a newer ticket replaced it: look for the name."),
        Kind.CANCELLED: _("This registration is cancelled."),
        Kind.WAITING: _("This person waits for a place."),
        Kind.PENDING: _("The organisers have not approved this registration."),
        Kind.UNREADABLE: _("This is neither the code of a ticket nor a name on the list."),
    }


def reason(answer: Answer, edition: Edition) -> str:
    if answer.kind == Kind.OTHER_EDITION and answer.edition:
        return _("It is for %(edition)s.") % {"edition": shown(answer.edition, "title")[0]}
    if answer.check_in and answer.kind == Kind.ALREADY:
        return by_whom(answer.check_in, edition)
    if answer.check_in and answer.check_in.undone_at:
        return _("This check-in was taken back at %(time)s.") % {
            "time": moment(answer.check_in.undone_at, edition)
        }
    return reasons().get(answer.kind, "")


def by_whom(row: CheckIn, edition: Edition) -> str:
    """“At 09:03 by Lotte van den Berg, Desk 2.”"""
    time = moment(row.at, edition)
    who = ", ".join(part for part in (row.by.name if row.by else "", row.device) if part)
    return (
        _("At %(time)s by %(who)s.") % {"time": time, "who": who}
        if who
        else _("At %(time)s.") % {"time": time}
    )


def moment(at: datetime, edition: Edition) -> str:
    """The time on the clock where the edition is; with the day, if that is not today."""
    day = at.astimezone(edition.zone).date()
    if day == edition.today(now()):
        return clock(at, edition.zone)
    return f"{clock(at, edition.zone)}, {date_format(day, 'j F')}"


def missing_place(person: Registration, session: Session) -> str:
    """That somebody came to a workshop without a place in it; they count as present all the same."""
    if not session.takes_bookings:
        return ""
    statuses = set(person.bookings.active().filter(workshop=session.pk).values_list("status", flat=True))
    if Place.Status.CONFIRMED in statuses:
        return ""
    return place_words()["waiting" if statuses else "none"]


def place_words() -> dict[str, str]:
    return {
        "waiting": _("Only on the waiting list of this workshop."),
        "none": _("Has no place in this workshop."),
    }
