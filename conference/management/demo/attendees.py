"""About sixty invented registrations: confirmed, waiting, cancelled; one workshop is full with a waiting list."""

from datetime import datetime, timedelta
from itertools import cycle

from django.utils import timezone

from conference import clock
from conference.management.demo.base import both
from conference.models import Edition, User
from registration.models import Registration, RegistrationType, WorkshopBooking
from sessions.models import Kind, Workshop

Status = Registration.Status
ROLES = ["teacher", "school_head", "teacher_educator", "ngo", "policy", "research", "teacher", "other"]
PUPIL_PLACES = 6


def load(accounts: dict[str, User], crowd: list[User], mechelen: Edition, second: Edition) -> None:
    past = RegistrationType.objects.create(edition=mechelen, **both(name=("Participant", "Deelnemer")))
    spring = timezone.make_aware(datetime(2024, 2, 1, 9))  # noqa: DTZ001 - made aware here
    for user in [accounts["attendee"], *crowd[:8]]:
        register(user, past, created_at=spring, confirmed_at=spring)

    types = make_types(second)
    adults, pupils = crowd[:43], crowd[43:]
    for number, (user, role) in enumerate(zip(adults, cycle(ROLES), strict=False)):
        status = Status.CANCELLED if number % 12 == 11 else Status.CONFIRMED
        register(user, types["participant"], role=role, status=status)
    for number, user in enumerate(pupils, start=1):
        waiting = number > PUPIL_PLACES
        register(
            user,
            types["pupil"],
            role="pupil",
            status=Status.WAITING if waiting else Status.CONFIRMED,
            queue_number=number,
        )
    register(accounts["attendee"], types["participant"], dietary_needs="Vegetarian")
    book_workshops(second)


def make_types(edition: Edition) -> dict[str, RegistrationType]:
    return {
        "participant": RegistrationType.objects.create(
            edition=edition,
            capacity=80,
            position=1,
            **both(
                name=("Participant", "Deelnemer"),
                description=("Both days, workshops and lunch", "Beide dagen, workshops en lunch"),
            ),
        ),
        "pupil": RegistrationType.objects.create(
            edition=edition,
            capacity=PUPIL_PLACES,
            position=2,
            **both(
                name=("Pupil or student", "Leerling of student"),
                description=(
                    "With a teacher who is registered too",
                    "Samen met een leraar die ook ingeschreven is",
                ),
            ),
        ),
    }


def register(user: User, kind: RegistrationType, **fields) -> Registration:
    now = clock.now()
    created_at = fields.pop("created_at", now)
    fields = {"role": "teacher", "status": Status.CONFIRMED, "confirmed_at": now, "consent_at": now, **fields}
    if fields["status"] == Status.WAITING:
        fields["confirmed_at"] = None
    if fields["status"] == Status.CANCELLED:
        fields["cancelled_at"] = now
    made = Registration.objects.create(
        user=user, edition=kind.edition, registration_type=kind, country=user.country, **fields
    )
    Registration.objects.filter(pk=made.pk).update(created_at=created_at)
    return made


def book_workshops(edition: Edition) -> None:
    """Workshop 1 is full with three waiting, workshop 2 has two places left, the others are open."""
    workshops = {w.number: w for w in Workshop.objects.filter(edition=edition, kind=Kind.WORKSHOP)}
    confirmed = list(
        edition.registrations.confirmed().exclude(user__email="attendee@example.org").order_by("pk")
    )
    first_round = [(workshops[1], 11), (workshops[2], 18), (workshops[3], 5)]
    second_round = [(workshops[4], 14), (workshops[5], 6)]
    for round_of_workshops in (first_round, second_round):
        people = iter(confirmed)
        for workshop, how_many in round_of_workshops:
            fill(workshop, [next(people) for _place in range(how_many)])


def fill(workshop: Workshop, registrations: list[Registration]) -> None:
    now = clock.now() - timedelta(days=1)
    for number, registration in enumerate(registrations, start=1):
        waiting = workshop.capacity is not None and number > workshop.capacity
        WorkshopBooking.objects.create(
            registration=registration,
            workshop=workshop,
            queue_number=number,
            status=Status.WAITING if waiting else Status.CONFIRMED,
            confirmed_at=None if waiting else now,
        )
