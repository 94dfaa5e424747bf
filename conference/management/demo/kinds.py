"""Kinds of registration beside the open ones: after approval, by invitation, and for a fee with an invoice."""

from datetime import timedelta
from decimal import Decimal
from itertools import cycle
from typing import Any

from django.contrib.auth.hashers import make_password

from conference import clock
from conference.management.demo.attendees import register
from conference.management.demo.base import both
from conference.models import Edition, User
from registration.models import Answer, InvoiceRequest, Registration, RegistrationType

ForWhom = RegistrationType.ForWhom
Status = Registration.Status
FEE = Decimal(120)
KEY = "for-invited-guests-of-the-demonstration"  # as invented as the passwords
RESEARCHERS = [("Ewa Pawlak", "PL"), ("Henrik Dahl", "NO"), ("Amélie Fontaine", "FR"), ("Tiago Lopes", "PT")]
STAFF = [("Greet Lemmens", "BE"), ("Paolo Marchetti", "IT"), ("Stefan Brandt", "DE")]
# who is billed, where, and how far it is
BILLS: list[tuple[str, str, str]] = [
    ("Onderwijs Morgen vzw", "Voorbeeldstraat 12\n9000 Gent\nBelgium", InvoiceRequest.Status.REQUESTED),
    ("Scuola Domani S.r.l.", "Via Esempio 4\n20100 Milano\nItaly", InvoiceRequest.Status.SENT),
    ("Lernreise GmbH", "Beispielweg 9\n04109 Leipzig\nGermany", InvoiceRequest.Status.PAID),
]


def load(edition: Edition) -> None:
    """After the questions, since who waits for approval has answered them."""
    wait_for_approval(edition)
    make_kind(
        edition, 5, ("Invited guest", "Genodigde"), ("By invitation of the organisers", "Op uitnodiging van de organisatoren"),
        for_whom=ForWhom.INVITED, invitation_key=KEY, capacity=10,
    )  # fmt: skip
    ask_for_invoices(edition)


def make_kind(
    edition: Edition, position: int, name: tuple[str, str], description: tuple[str, str], **fields: Any
) -> RegistrationType:
    return RegistrationType.objects.create(
        edition=edition, position=position, **both(name=name, description=description), **fields
    )


def make_people(named: list[tuple[str, str]], part: str) -> list[User]:
    """Nobody can log in as one of them."""
    return User.objects.bulk_create(
        User(email=f"{part}{number}@example.org", name=name, country=country, password=make_password(None))
        for number, (name, country) in enumerate(named, start=1)
    )


def wait_for_approval(edition: Edition) -> None:
    """Four ask for three places, so that whoever approves all of them has one on the waiting list."""
    kind = make_kind(
        edition, 4, ("Researcher", "Onderzoeker"),
        ("The organisers read what you write and decide", "De organisatoren lezen wat u schrijft en beslissen"),
        needs_approval=True, capacity=3,
    )  # fmt: skip
    asked = clock.now() - timedelta(days=3)
    lunch = edition.questions.get(position=1)  # type: ignore[attr-defined]
    for number, (user, option) in enumerate(
        zip(make_people(RESEARCHERS, "researcher"), cycle(lunch.options.all()), strict=False)
    ):
        waits = register(
            user, kind, role="research", status=Status.PENDING, confirmed_at=None,
            created_at=asked + timedelta(hours=number), organisation_name="An invented university",
        )  # fmt: skip
        Answer.objects.create(registration=waits, question=lunch, answered_at=asked).options.add(option)


def ask_for_invoices(edition: Edition) -> None:
    kind = make_kind(
        edition, 6, ("Company or public body", "Bedrijf of overheid"), ("Both days, workshops and lunch", "Beide dagen, workshops en lunch"),
        fee_amount=FEE, capacity=20,
        **both(fee_text=("Lunches and materials, without VAT. Ask for an invoice and pay it by bank transfer within 30 days.",
                         "Lunches en materiaal, zonder btw. Vraag een factuur en betaal ze binnen 30 dagen per overschrijving.")),
    )  # fmt: skip
    now = clock.now()
    for user, (name, address, status) in zip(make_people(STAFF, "company"), BILLS, strict=True):
        InvoiceRequest.objects.create(
            registration=register(user, kind, role="other", organisation_name=name), amount=FEE,
            currency=kind.fee_currency, billing_name=name, billing_address=address, billing_email=user.email,
            status=status, sent_at=None if status == InvoiceRequest.Status.REQUESTED else now - timedelta(days=2),
            paid_at=now if status == InvoiceRequest.Status.PAID else None,
        )  # fmt: skip
    InvoiceRequest.objects.filter(registration__registration_type=kind).update(
        created_at=now - timedelta(days=4)
    )
