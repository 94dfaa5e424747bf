"""A round of ranked choice in the second conference: five workshops at one time, and sixty people who have chosen."""

import random
from datetime import datetime, time, timedelta
from itertools import cycle
from typing import Any

from django.contrib.auth.hashers import make_password

from conference import clock
from conference.management.demo.attendees import register
from conference.management.demo.base import Pair, appear, both, first_day, session, session_type, speaker
from conference.management.demo.second import ZONE
from conference.models import Edition, Room, User
from registration.models import Preference, Registration, Round, RoundWorkshop
from sessions.models import Appearance, Kind, Session, Slot

PEOPLE_WHO_CHOSE = 60
SEED = "second-conference-2027"

# title, room, capacity, minimum, facilitator, language, how much it is liked, abstract
WORKSHOPS: list[tuple[Pair, str, int, int, str, str, int, Pair]] = [
    (("Telling a host family's story in class", "Het verhaal van een gastgezin in de klas"),
     "Room 1", 14, 6, "Noor Ferreira", "en", 13,
     ("How pupils bring home what they learnt at a kitchen table, **without** exposing anybody.",
      "Hoe leerlingen meebrengen wat ze aan een keukentafel leerden, **zonder** iemand te kijk te zetten.")),
    (("Marks from abroad: a workshop with real files", "Punten uit het buitenland: een workshop met echte dossiers"),
     "Room 2", 16, 6, "Matteo Colombo", "en", 10,
     ("Three files, three countries, one hour: decide what counts.", "Drie dossiers, drie landen, één uur: beslis wat telt.")),
    (("A semester plan that survives the first week", "Een semesterplan dat de eerste week overleeft"),
     "Room 3", 18, 8, "Dário Antunes", "en", 4,
     ("We take your plan apart and put it together again.", "We halen je plan uit elkaar en zetten het weer in elkaar.")),
    (("Parents who doubt: practising the talk", "Ouders die twijfelen: het gesprek oefenen"),
     "Hall", 20, 8, "Katrin Lehmann", "nl", 3,
     ("Role play in threes, with a checklist to take home.", "Rollenspel met drie, met een lijst om mee te nemen.")),
    (("Podcasting with pupils on exchange", "Podcasts maken met leerlingen op uitwisseling"),
     "", 12, 10, "Sigrid Haugen", "en", 1,
     ("From the first question to a file that can be published.", "Van de eerste vraag tot een bestand dat online kan.")),
]  # fmt: skip
MORE_PEOPLE = """Arno Vermeulen|BE;Birgit Sommer|DE;Carla Mendes|PT;Dries Aerts|BE;Elsa Lindgren|NO;Filip Novák|LV
Greta Olsen|NO;Hugo Martin|FR;Irena Kovač|IT;Jasper Smit|NL;Karolina Wrona|PL;Leonor Pinto|PT
Mila Jović|GR;Nuno Lopes|PT;Orla Byrne|FI;Paula Huber|DE;Quinten Baert|BE;Rosa Marín|PT;Sven Eriksson|NO
Tove Dahl|NO"""


def load(edition: Edition) -> None:
    """After the timetable was released: the workshops stand in the draft and in that release."""
    workshops = [make_workshop(edition, number, row) for number, row in enumerate(WORKSHOPS)]
    round_ = Round.objects.create(
        edition=edition,
        way=Round.Way.RANKED,
        position=3,
        opens_at=clock.now() - timedelta(days=5),
        closes_at=datetime.combine(first_day(edition) - timedelta(days=20), time(18), ZONE),
        seed=SEED,
        **both(name=("Workshops of the second afternoon", "Workshops van de tweede namiddag")),
    )
    choices = RoundWorkshop.objects.bulk_create(
        RoundWorkshop(round=round_, workshop_id=workshop.pk, minimum=row[3])
        for workshop, row in zip(workshops, WORKSHOPS, strict=True)
    )
    choose(edition, choices)


def make_workshop(edition: Edition, number: int, row: tuple) -> Session:
    title, room_name, capacity, _minimum, who, language, _liked, abstract = row
    made = session(
        edition, title, Kind.WORKSHOP, number=number + 6, capacity=capacity, takes_bookings=True, language=language,
        abstract=abstract, session_type=session_type(("Workshop", "Workshop"), Kind.WORKSHOP),
    )  # fmt: skip
    facilitator = speaker(who)
    appear(made, facilitator, Appearance.Part.FACILITATOR)
    room: Any = Room.objects.filter(venue__edition=edition, name_en=room_name).first()
    starts_at = datetime.combine(first_day(edition) + timedelta(days=1), time(13, 30), ZONE)
    times = {"starts_at": starts_at, "ends_at": starts_at + timedelta(minutes=75), "room": room}
    draft = Slot.objects.create(session=made, guid=made.guid, **times)
    Slot.objects.create(
        session=made, guid=draft.guid, release=edition.releases.latest("number"), **times,
        speaker_names=facilitator.public_name,
        **both(title=title, room_name=(room.name_en, room.name_nl) if room else ("", "")),
    )  # fmt: skip
    return made


def choose(edition: Edition, choices: list[RoundWorkshop]) -> None:
    """Most want the same two workshops, so that some get their third choice; the same orders on every machine."""
    chance = random.Random(2027)  # noqa: S311  nothing secret
    people = list(
        edition.registrations.confirmed().exclude(user__email="attendee@example.org").order_by("pk")
    )
    people += more_people(edition, PEOPLE_WHO_CHOSE - len(people))
    liked = [row[6] for row in WORKSHOPS]
    rows = []
    for registration in people[:PEOPLE_WHO_CHOSE]:
        order = sorted(
            range(len(choices)), key=lambda number: -(chance.random() ** (1 / liked[number]))
        )  # drawn without putting back, by how much each is liked
        wanted = order[: chance.choice([2, 3, 3, 4, 4, 5])]
        rows += [
            Preference(registration=registration, choice=choices[number], rank=rank)
            for rank, number in enumerate(wanted, start=1)
        ]
    Preference.objects.bulk_create(rows)


def more_people(edition: Edition, count: int) -> list[Registration]:
    """Those who make the sixty full; nobody can log in as one of them."""
    pairs = [entry.split("|") for entry in MORE_PEOPLE.replace("\n", ";").split(";")]
    kind = edition.registration_types.get(position=1)
    users = User.objects.bulk_create(
        User(email=f"chooser{number}@example.org", name=name, country=country, password=make_password(None))
        for number, (name, country) in enumerate(pairs[: max(0, count)], start=1)
    )
    roles = cycle(["teacher", "school_head", "teacher_educator", "ngo"])
    return [register(user, kind, role=role) for user, role in zip(users, roles, strict=False)]
