"""The edition as one entry in its attendee's calendar, over whole days where it takes place."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django_countries import countries

from conference.mail import absolute
from conference.models import Edition
from conference.templatetags.texts import shown
from registration.models import Registration
from registration.tickets.addresses import ticket_address
from sessions.exchange.calendar import escaped, filled, folded, host, stamp


def has_entry(edition: Edition) -> bool:
    """A month or a year is no date to keep free."""
    return edition.starts_on is not None and edition.date_precision == Edition.Precision.DAY


def calendar_of(registration: Registration) -> bytes:
    """An iCalendar with one entry, in the language that is active; the same entry whenever it is asked for again."""
    return b"".join(folded(line) for line in lines(registration))


def lines(registration: Registration) -> Iterator[str]:
    edition = registration.edition
    title, changed_at = shown(edition, "title")[0], stamp(edition.updated_at)
    link = absolute(ticket_address(registration))
    about = [_("Your reference: %(reference)s") % {"reference": registration.reference}, link]
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:-//{host()}//conference//EN"
    yield "CALSCALE:GREGORIAN"
    yield "METHOD:PUBLISH"
    yield "BEGIN:VEVENT"
    yield f"UID:{registration.guid}@{host()}"
    yield f"DTSTAMP:{changed_at}"
    yield f"LAST-MODIFIED:{changed_at}"
    yield f"SEQUENCE:{int(edition.updated_at.timestamp()) // 60 % 2**31}"
    yield "STATUS:CONFIRMED"
    yield from days(edition)
    yield f"SUMMARY:{escaped(title)}"
    yield from filled("LOCATION", place_of(edition))
    yield f"DESCRIPTION:{escaped(chr(10).join(about))}"
    yield f"URL:{absolute(edition.get_absolute_url())}"
    yield "END:VEVENT"
    yield "END:VCALENDAR"


def days(edition: Edition) -> Iterator[str]:
    """From the first day until the one after the last, as the format counts."""
    first = edition.starts_on or date.min
    yield f"DTSTART;VALUE=DATE:{first:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{(edition.last_day or first) + timedelta(days=1):%Y%m%d}"


def place_of(edition: Edition) -> str:
    """Its venue, if it has only one; then the city and the country."""
    venues = list(edition.venues.all()[:2])
    words = [shown(venues[0], "name")[0], venues[0].address] if len(venues) == 1 else []
    words += [shown(edition, "city")[0], countries.name(edition.country)]
    return ", ".join(dict.fromkeys(word for word in words if word))
