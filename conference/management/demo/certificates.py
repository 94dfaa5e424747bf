"""What people learn, and how it was recognised: a list of competences, and ten certificates of the 1st conference."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.text import slugify

from conference.management.demo.attendees import register
from conference.management.demo.base import Pair, both
from conference.models import Edition, User
from registration.certificates.facts import around
from registration.certificates.hours import Attendance, counted, programme_of
from registration.certificates.issuing import made
from registration.models import Certificate, CertificateRule, CheckIn, Registration
from sessions.models import Competence, Session

LIST: Pair = ("Global citizenship", "Wereldburgerschap")
COMPETENCES: list[Pair] = [
    ("Seeing the world through the eyes of others", "De wereld door andermans ogen zien"),
    ("Open and respectful dialogue across cultures", "Open en respectvol in gesprek gaan over culturen heen"),
    ("Examining local and global questions", "Lokale en mondiale vraagstukken onderzoeken"),
    ("Dealing with sensitive topics and polarisation", "Omgaan met gevoelige onderwerpen en polarisatie"),
    ("Acting together for the common good", "Samen handelen voor het algemeen belang"),
    ("Recognising what pupils learn abroad", "Erkennen wat leerlingen in het buitenland leren"),
]
# By the address of a session of Mechelen: which of the list one learns there.
LEARNT = {
    "session-1": [2, 5],
    "session-2": [5],
    "session-4": [0, 1],
    "session-6": [4, 5],
    "us-versus-them": [1, 3],
    "navigate-in-a-globalised-world": [0, 2],
}
TEXT: Pair = (
    "The conference was prepared by schools, organisations and public bodies that work on individual pupil mobility.",
    "De conferentie werd voorbereid door scholen, organisaties en overheden die werken aan individuele leerlingenmobiliteit.",
)


def load(accounts: dict[str, User], mechelen: Edition, second: Edition) -> None:
    competences = make_competences()
    for session in mechelen.sessions.filter(slug__in=LEARNT):  # type: ignore[attr-defined]
        session.competences.set(competences[number] for number in LEARNT[session.slug])
    for number, session in enumerate(second.sessions.exclude(kind="break")):  # type: ignore[attr-defined]
        session.competences.add(competences[number % len(competences)])
    for edition, hours in ((mechelen, 4), (second, 3)):
        CertificateRule.objects.create(
            edition=edition, minimum_hours=hours, signed_by="Mira Lindqvist",
            **both(text=TEXT, signed_as=("for the organisers", "namens de organisatoren")),
        )  # fmt: skip
    certify(accounts, mechelen)


def make_competences() -> list[Competence]:
    return [
        Competence.objects.create(
            slug=slugify(name[0])[:80], position=position, **both(name=name, framework=LIST)
        )
        for position, name in enumerate(COMPETENCES, start=1)
    ]


def certify(accounts: dict[str, User], edition: Edition) -> None:
    """Ten people who were there, one of them a facilitator; the last certificate was taken back."""
    spring = timezone.make_aware(datetime(2024, 3, 15, 9))  # noqa: DTZ001 - made aware here
    past = edition.registration_types.get()  # type: ignore[attr-defined]
    register(accounts["speaker"], past, created_at=spring - timedelta(days=40))
    User.objects.filter(name="Anouk Jansen").update(language="nl")
    people = list(edition.registrations.select_related("user", "organisation").order_by("pk"))  # type: ignore[attr-defined]
    sessions = list(edition.sessions.filter(slug__in=LEARNT))  # type: ignore[attr-defined]
    note_presence(people, sessions, spring)
    rule, programme = CertificateRule.objects.get(edition=edition), programme_of(edition.pk)
    shared = around(edition, rule, [one.user_id for one in people])
    certificates = []
    for number, person in enumerate(people, start=1):
        # March 2024 has no timetable here, so the organisers said how long the sessions were.
        attended = counted([one.pk for one in attended_by(number, sessions)], programme)
        attendance = Attendance(attended.sessions, Decimal("1.5") * len(attended.sessions))
        certificates.append(made(person, attendance, shared, number, accounts["organiser"], spring))
    last = certificates[-2]
    last.revoked_at, last.revoked_by = spring + timedelta(days=3), accounts["organiser"]
    last.revoke_reason = "Issued by mistake: this person could not come."
    Certificate.objects.bulk_create(certificates)


def attended_by(number: int, sessions: list[Session]) -> list[Session]:
    """All but one, each person another."""
    return [one for place, one in enumerate(sessions) if place != number % len(sessions)]


def note_presence(people: list[Registration], sessions: list[Session], at: datetime) -> None:
    CheckIn.objects.bulk_create(
        CheckIn(registration=person, session=session, at=at, way=CheckIn.Way.LIST)
        for number, person in enumerate(people, start=1)
        for session in attended_by(number, sessions)
    )
