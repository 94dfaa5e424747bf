"""Lists that come in and letters that go out: the same twice at once, and a stop while they go. See tests/race/overtaking.py."""

from conference.models import Outbox
from registration.letters.audience import Audience
from registration.letters.sending import send, state_of, stop, write_next
from registration.lists_in.attendees import ATTENDEES
from registration.models import Claim, Letter
from sessions.exchange.reading import Remarks, sheet_in
from sessions.lists_in.planning import table_of
from sessions.lists_in.speakers import SPEAKERS
from sessions.lists_in.taking_in import take_in
from sessions.services.importing.keeping import Waiting
from speakers.models import Speaker
from tests.factories import make_edition
from tests.race.overtaking import DONE, Scene
from tests.race.people import kind, person, queue, registered

LATER = "ChangedMeanwhile"


def brought(listed, edition, addresses, chosen):
    """A function that brings these people in, as somebody saw it before either of two does."""
    lines = "".join(f"{email.partition('@')[0]},{email}\n" for email in addresses)
    sheet = sheet_in(f"Name,Email\n{lines}".encode(), Remarks())
    columns = {0: "name", 1: "email"}
    seen = listed.plan(edition, table_of(listed, sheet, columns), chosen).fingerprint()
    olga = person("Olga")
    kept = Waiting("", "", edition.pk, olga.pk, mapping=tuple(columns.items()), seen=seen)
    return lambda: take_in(listed, edition, olga, kept, sheet, chosen)


def bringing_in_the_same_attendees_twice():
    two = kind(capacity=2)
    addresses = [f"{name}{two.pk}@example.org" for name in ("ada", "ben", "cleo")]
    bring = brought(ATTENDEES, two.edition, addresses, {"kind": two, "when_full": "wait", "invite": True})
    places = [("confirmed", 1), ("confirmed", 2), ("waiting", 3)]

    def look():
        return queue(two), Claim.objects.filter(email__in=addresses).count()

    return Scene(bring, bring, look, [(DONE, LATER, (places, 3)), (LATER, DONE, (places, 3))])


def bringing_in_the_same_speakers_twice():
    """Into two editions: speakers belong to none."""
    one, other = make_edition(), make_edition()
    addresses = [f"grace{one.pk}@example.org"]

    def look():
        return Speaker.objects.filter(email__in=addresses).count()

    acts = [brought(SPEAKERS, edition, addresses, {}) for edition in (one, other)]
    return Scene(*acts, look, [(DONE, LATER, 1), (LATER, DONE, 1)])


def a_letter():
    """To two people, who are registered; with a function that says what waits for them."""
    anyone, olga = kind(), person("Olga")
    users = [registered(anyone, name, queue_number=number).user for number, name in enumerate("AB", start=1)]
    letter = Letter.objects.create(
        edition=anyone.edition, subjects={"en": "Hello"}, texts={"en": "Dear {name},"},
        audience=Audience(attendees=True, statuses=["confirmed"]).as_options(),
    )  # fmt: skip
    mails = Outbox.objects.filter(recipient__in=[user.email for user in users]).order_by("pk")
    return letter, olga, lambda: list(mails.values_list("status", flat=True))


def sending_a_letter_twice():
    letter, olga, _mails = a_letter()
    seen = state_of(letter, 2)

    def press():
        send(letter=letter, by=olga, seen=seen)

    def look():
        return letter.addressees.count()

    return Scene(press, press, look, [(DONE, "TooLate", 2), ("TooLate", DONE, 2)])


def stopping_a_letter_while_it_is_written():
    letter, olga, mails = a_letter()
    Letter.objects.filter(status="sending").update(status="sent")
    send(letter=letter, by=olga, seen=state_of(letter, 2))
    held, nothing = ["held", "held"], []
    return Scene(write_next, lambda: stop(letter=letter), mails, [(DONE, DONE, held), (DONE, DONE, nothing)])


LISTS = (
    bringing_in_the_same_attendees_twice,
    bringing_in_the_same_speakers_twice,
    sending_a_letter_twice,
    stopping_a_letter_while_it_is_written,
)
