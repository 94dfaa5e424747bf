"""A round as the problem that the allocation solves: who ranked what, how many places, what an organiser fixed."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field

from registration.allocation import Choice, Person, Problem
from registration.models import (
    FixedPlace,
    Place,
    Preference,
    Registration,
    Round,
    RoundWorkshop,
    WorkshopBooking,
)
from registration.panels import slots_of
from sessions.models import Session

NOWHERE = ""


@dataclass
class Posed:
    problem: Problem
    people: dict[str, Registration] = field(default_factory=dict)  # by their id in the problem
    choices: dict[str, RoundWorkshop] = field(default_factory=dict)
    wishes: dict[int, list[int]] = field(default_factory=dict)  # choices by registration, as they ranked them
    clashing: set[int] = field(default_factory=set)  # registrations of which nothing is left


def person_id(round_: Round, registration: Registration) -> str:
    """Says nothing about the person to anybody: the salt of the round never leaves the house."""
    return hashlib.sha256(f"{round_.salt}\n{registration.guid}".encode()).hexdigest()[:12]


def pose(round_: Round) -> Posed:
    """What is computed now; the same few queries however many people ranked."""
    choices = {row.pk: row for row in running_choices(round_)}
    wishes = wishes_of(round_)
    fixed = fixed_in(round_)
    people = {row.pk: row for row in confirmed_with(round_, {*wishes, *fixed})}
    busy = Busy(round_, {row.workshop_id for row in choices.values()}, set(people))
    posed = Posed(Problem((), ()), choices={str(pk): row for pk, row in choices.items()}, wishes=wishes)
    persons = []
    for pk, registration in people.items():
        wanted = wishes.get(pk, [])
        possible = [w for w in wanted if w in choices and not busy.is_in(pk, choices[w].workshop_id)]
        if not possible and pk not in fixed and any(w in choices for w in wanted):
            posed.clashing.add(pk)
        person = Person(person_id(round_, registration), tuple(map(str, possible)), fixed.get(pk))
        posed.people[person.id] = registration
        persons.append(person)
    running = tuple(Choice(str(pk), row.workshop.capacity, row.minimum) for pk, row in choices.items())
    posed.problem = Problem(tuple(sorted(persons, key=lambda one: one.id)), running, round_.seed)
    return posed


def running_choices(round_: Round) -> list[RoundWorkshop]:
    """Its workshops, but for those that are withdrawn, cancelled or take no bookings."""
    rows = RoundWorkshop.objects.filter(round=round_, workshop__status=Session.Status.PUBLISHED)
    return list(rows.filter(workshop__takes_bookings=True).select_related("workshop"))


def wishes_of(round_: Round) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    rows = Preference.objects.filter(choice__round=round_).order_by("registration", "rank")
    for registration, choice in rows.values_list("registration", "choice"):
        found[registration].append(choice)
    return dict(found)


def fixed_in(round_: Round) -> dict[int, str]:
    """By registration: the choice an organiser fixed, or nowhere; and the place somebody has in it already."""
    rows = FixedPlace.objects.filter(round=round_).values_list("registration", "choice")
    found = {registration: str(choice) if choice else NOWHERE for registration, choice in rows}
    held = WorkshopBooking.objects.filter(workshop__in_round__round=round_, status=Place.Status.CONFIRMED)
    return found | {
        registration: str(choice)
        for registration, choice in held.values_list("registration", "workshop__in_round")
    }


def confirmed_with(round_: Round, pks: set[int]) -> list[Registration]:
    """Those who have a place at the edition; whoever cancelled wants nothing any more."""
    rows = Registration.objects.confirmed().filter(edition=round_.edition_id).select_related("user")
    return [row for row in rows.order_by("pk") if row.pk in pks]


class Busy:
    """Who has a place elsewhere at the time of which workshop; a waiting place occupies its time too."""

    def __init__(self, round_: Round, workshops: set[int], registrations: set[int]) -> None:
        rows = WorkshopBooking.objects.active().filter(
            registration__edition=round_.edition_id, workshop__status=Session.Status.PUBLISHED
        )
        elsewhere = rows.exclude(workshop__in_round__round=round_).select_related("workshop")
        self.bookings: dict[int, list[WorkshopBooking]] = defaultdict(list)
        for booking in elsewhere:
            if booking.registration_id in registrations:
                self.bookings[booking.registration_id].append(booking)
        others = {booking.workshop_id for some in self.bookings.values() for booking in some}
        slots = slots_of(workshops | others)
        self.meeting = {
            (one, other)
            for one in workshops
            for other in others
            if any(a.meets(b) for a in slots.get(one, []) for b in slots.get(other, []))
        }

    def in_the_way(self, registration: int, workshop: int) -> list[WorkshopBooking]:
        return [b for b in self.bookings.get(registration, []) if (workshop, b.workshop_id) in self.meeting]

    def is_in(self, registration: int, workshop: int) -> bool:
        return bool(self.in_the_way(registration, workshop))
