"""Who is expected: the list that a device keeps for when there is no network, and the search without a script.

Names and kinds of registration, and no word of needs or answers. A code leaves the house only as its hash: whoever
finds the device can check tickets with the list, but not make any.
"""

import hashlib
import unicodedata
from dataclasses import dataclass
from typing import Any

from conference.models import Edition
from conference.templatetags.texts import shown
from registration.desk.answers import by_whom
from registration.models import CheckIn, Place, Registration, WorkshopBooking
from sessions.models import Session

HASH_LENGTH = 24  # hexadecimal digits; 96 bits of a code of 160
MOST_FOUND = 30
LONGEST_SEARCH = 200
# Letters that are no letter with a mark on it, as people type them.
PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ß": "ss"}
)


@dataclass(frozen=True)
class Person:
    """One row of the list."""

    guid: str
    name: str
    kind: str
    reference: str
    status: str
    arrived: str  # when and by whom, in words; empty: not yet
    check_in: str  # its nonce
    place: str  # in the workshop whose room this is: confirmed, waiting or none; empty elsewhere
    hash: str

    @property
    def status_words(self) -> str:
        return str(Place.Status(self.status).label)

    def as_row(self) -> list[str]:
        return [self.hash, self.guid, self.name, self.kind, self.reference, self.status, self.arrived, self.check_in, self.place]  # fmt: skip


def hash_of(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()[:HASH_LENGTH]


def people_at(edition: Edition, session: Session | None) -> list[Person]:
    """Everybody who registered, in the order of their names; four queries."""
    kinds = {kind.pk: shown(kind, "name")[0] for kind in edition.registration_types.all()}
    rows = Registration.objects.filter(edition=edition).order_by("user__name", "pk")
    fields = ("pk", "guid", "user__name", "registration_type_id", "reference", "status", "ticket_code")
    arrived, places = arrivals(edition, session), places_in(session)
    return [
        Person(
            guid=str(guid),
            name=name,
            kind=kinds.get(kind, ""),
            reference=reference,
            status=status,
            arrived=arrived[pk][0] if pk in arrived else "",
            check_in=arrived[pk][1] if pk in arrived else "",
            place=places.get(pk, "none") if session and session.takes_bookings else "",
            hash=hash_of(code),
        )
        for pk, guid, name, kind, reference, status, code in rows.values_list(*fields)
    ]


def arrivals(edition: Edition, session: Session | None) -> dict[int, tuple[str, str]]:
    """By registration: when and by whom, and the nonce."""
    rows = CheckIn.objects.standing().filter(registration__edition=edition, session=session)
    return {row.registration_id: (by_whom(row, edition), str(row.nonce)) for row in rows.select_related("by")}


def places_in(session: Session | None) -> dict[int, str]:
    if session is None or not session.takes_bookings:
        return {}
    rows = WorkshopBooking.objects.active().filter(workshop=session.pk)
    return dict(rows.values_list("registration", "status"))


def numbers_at(edition: Edition, session: Session | None) -> dict[str, int]:
    """How many are expected and how many came; two queries."""
    arrived = CheckIn.objects.standing().filter(registration__edition=edition, session=session)
    if session is None:
        arrived = arrived.filter(registration__status=Place.Status.CONFIRMED)
    return {"expected": expected_at(edition, session), "arrived": arrived.count()}


def expected_at(edition: Edition, session: Session | None) -> int:
    if session and session.takes_bookings:
        return WorkshopBooking.objects.confirmed().filter(workshop=session.pk).count()
    return Registration.objects.confirmed().filter(edition=edition).count()


def search(people: list[Person], text: str) -> list[Person]:
    """Whose name has a word beginning with each word of the text, or whose reference it is."""
    words = folded(text[:LONGEST_SEARCH]).split()
    if not words:
        return []
    found = [person for person in people if person.status != Place.Status.CANCELLED and fits(person, words)]
    return found[:MOST_FOUND]


def fits(person: Person, words: list[str]) -> bool:
    if words == [folded(person.reference)]:
        return True
    name = f" {folded(person.name)}"
    return all(f" {word}" in name for word in words)


def folded(text: str) -> str:
    """Without capitals and marks; what stands between words is a space."""
    letters = unicodedata.normalize("NFKD", text.casefold().translate(PLAIN))
    plain = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return " ".join("".join(sign if sign.isalnum() else " " for sign in plain).split())


def list_for_device(edition: Edition, session: Session | None) -> dict[str, Any]:
    return {
        "people": [person.as_row() for person in people_at(edition, session)],
        "numbers": numbers_at(edition, session),
    }
