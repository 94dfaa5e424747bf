"""Groups of the second conference by country, one over-full and one too small; outcomes of the first, some approved."""

from typing import Any

from conference import clock
from conference.management.demo.base import Pair, both, speaker
from conference.models import Edition, Outbox, Room, User
from registration.groups.services import deal_out, publish
from registration.models import Group, GroupPlan, Outcome
from sessions.models import Session

Status = Outcome.Status
Home = Group.Home

# name, countries, room, fewest, most, who facilitates
GROUPS: list[tuple[Pair, str, str, int, int | None, list[str]]] = [
    (("Belgium and the Netherlands", "België en Nederland"), "BE NL LU", "Room 1", 5, 9, ["Noor Ferreira"]),
    (("Italy and Portugal", "Italië en Portugal"), "IT PT ES", "Room 2", 5, 14, ["Matteo Colombo"]),
    (("Latvia and Finland", "Letland en Finland"), "LV FI EE LT", "Room 3", 8, 14, ["Sigrid Haugen"]),
    (("France and Germany", "Frankrijk en Duitsland"), "FR DE AT", "Hall", 5, 16, ["Katrin Lehmann"]),
]
OTHERS: Pair = ("Other countries", "Andere landen")
OBSERVERS: Pair = ("Observers", "Waarnemers")

# of which country group in Mechelen, problem, action, who, deadline, contact, status
OUTCOMES: list[tuple[int, str, str, str, str, str, str]] = [
    (1, "Schools in both regions recognise a term abroad in different ways.",
     "Write one file that every class council can use, and try it in ten schools.",
     "The school networks, with AFS Low Lands", "before the school year 2025–2026", "the coordinator of AFS Low Lands",
     Status.APPROVED),
    (1, "Host families are hard to find outside the cities.", "Ask alumni in each province to speak at one school.",
     "Alumni of both countries", "December 2024", "", Status.APPROVED),
    (2, "Grades from abroad are turned into national ones by a table that nobody trusts.",
     "Describe what was learned in words, beside the grades.", "A working group of six school heads",
     "June 2025", "the secretariat of the federation", Status.APPROVED),
    (3, "Small countries have few schools that send pupils.", "Share one training for teachers in both languages.",
     "The two ministries", "2025", "", Status.SUBMITTED),
    (4, "Parents fear that a year is lost.", "Let three families tell how it went, in a short film.",
     "A school in Lyon and one in Leipzig", "spring 2025", "", Status.SUBMITTED),
    (1, "Teachers who prepare pupils do it in their free time.", "Ask for hours in the timetable.", "", "", "",
     Status.DRAFT),
]  # fmt: skip


def load(accounts: dict[str, User], mechelen: Edition, second: Edition) -> None:
    load_groups(second)
    load_outcomes(mechelen, accounts["speaker"])


def load_groups(edition: Edition) -> None:
    session = edition.sessions.get(slug="country-groups-from-plan-to-first-step")
    plan = GroupPlan.objects.create(session=session, observer_roles=["research"])
    found: Any = Room.objects.filter(venue__edition=edition)
    rooms = {room.name_en: room for room in found}
    for position, (name, countries, room, fewest, most, facilitators) in enumerate(GROUPS):
        group = plan.groups.create(
            position=position, values=countries.split(), room=rooms[room], minimum=fewest, maximum=most,
            language="en", **both(name=name),
        )  # fmt: skip
        group.facilitators.set([speaker(one) for one in facilitators])
    hall = {"room": rooms["Hall"], "language": "en"}
    others = plan.groups.create(position=8, home=Home.OTHERS, minimum=3, **hall, **both(name=OTHERS))
    others.facilitators.set([speaker("Dário Antunes")])
    plan.groups.create(position=9, home=Home.OBSERVERS, **hall, **both(name=OBSERVERS))
    deal_out(plan=plan)
    publish(plan=plan)
    Outbox.objects.filter(recipient__in=edition.registrations.values("user__email")).delete()  # type: ignore[attr-defined]


def load_outcomes(edition: Edition, writer: User) -> None:
    """Written by the facilitators of the country groups in Session 6 of Mechelen."""
    groups = {one.number: one for one in Session.objects.filter(part_of__edition=edition, part_of__number=6)}
    now = clock.now()
    for number, problem, action, who, deadline, contact, status in OUTCOMES:
        Outcome.objects.create(
            session=groups[number],
            problem=problem,
            action=action,
            who=who,
            deadline=deadline,
            contact=contact,
            status=status,
            written_by=writer if number == 1 else None,
            approved_at=now if status == Status.APPROVED else None,
        )
