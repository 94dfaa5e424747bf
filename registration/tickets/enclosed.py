"""What is attached to a mail that says somebody has a place: the code as it is when the mail leaves, and the dates."""

from django.utils import translation

from conference.mail.enclosures import Enclosure, encloses
from registration.models import Registration
from registration.tickets.calendar import calendar_of, has_entry
from registration.tickets.codes import png_of


def ticket_of(registration: Registration) -> list[tuple[str, str]]:
    """For `queue_mail(enclosures=…)`."""
    return [("ticket", f"{registration.guid} {registration.user_id}")]


@encloses("ticket")
def ticket(key: str) -> list[Enclosure]:
    """Nothing for who has no place any more, also when it is somebody else's meanwhile."""
    guid, _blank, user = key.partition(" ")
    rows = Registration.objects.confirmed().select_related("user", "edition")
    registration = rows.filter(guid=guid, user_id=int(user)).first() if user.isdecimal() else None
    if not registration:
        return []
    files = [Enclosure("ticket.png", png_of(registration.ticket_code), "image/png")]
    if has_entry(registration.edition):
        with translation.override(registration.user.language):
            files.append(Enclosure("conference.ics", calendar_of(registration), "text/calendar"))
    return files
