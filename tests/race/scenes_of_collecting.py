"""Asking for presentations: however many ask at once, each speaker gets one mail. See tests/race/overtaking.py."""

from django.utils import timezone

from conference.models import Outbox
from sessions.collecting.reminding import remind, send_due
from sessions.models import SlidesReminder, UploadLink
from tests.factories import make_appearance, make_edition, make_session, make_speaker
from tests.race.overtaking import DONE, Scene
from tests.race.people import person

LINKS = UploadLink._meta.db_table


def two_who_owe():
    """An edition whose two speakers have no account, and a function that counts what each was sent."""
    edition = make_edition()
    addresses = [f"{name}{edition.pk}@example.org" for name in ("grace", "alan")]
    for email in addresses:
        make_appearance(make_session(edition), make_speaker(email=email))
    return edition, lambda: [Outbox.objects.filter(recipient=email).count() for email in addresses]


def reminding_twice():
    edition, mails_of_each = two_who_owe()
    olga, ben = person("Olga"), person("Ben")
    return Scene(
        lambda: remind(edition=edition, by=olga),
        lambda: remind(edition=edition, by=ben),
        mails_of_each,
        [(DONE, DONE, [1, 1])],
    )


def reminding_at_the_moment_and_by_hand():
    edition, mails_of_each = two_who_owe()
    olga = person("Olga")
    SlidesReminder.objects.create(edition=edition, at=timezone.now())
    return Scene(
        send_due,
        lambda: remind(edition=edition, by=olga),
        mails_of_each,
        [(DONE, DONE, [1, 1])],
        before=LINKS,
    )


ASKED = (reminding_twice, reminding_at_the_moment_and_by_hand)
