"""Issue a ticket anew: from that moment its former code opens nothing."""

from django.db import transaction

from conference.models import User
from registration import emails
from registration.exceptions import NoTicket
from registration.models import Registration
from registration.models.registration import new_ticket_code
from registration.services.same_person import check_same_person


@transaction.atomic
def reissue(*, registration: Registration, by: User | None) -> Registration:
    """Give a new code, which whoever asked for it also gets by mail; a badge with the old one counts as not printed."""
    rows = Registration.objects.confirmed().select_related("user", "edition")
    locked = rows.select_for_update(no_key=True, of=("self",)).filter(pk=registration.pk).first()
    if locked is None:
        raise NoTicket
    check_same_person(locked, registration)
    locked.ticket_code, locked.badge_printed_at = new_ticket_code(), None
    locked.save(update_fields=["ticket_code", "badge_printed_at"])
    emails.ticket_reissued(locked, by_self=by == locked.user)
    return locked
