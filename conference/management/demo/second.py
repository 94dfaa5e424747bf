"""An invented 2nd conference, open for registration: a timetable, parallel workshops, one of them full."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.text import slugify

from conference import clock
from conference.management.demo.base import (
    Pair,
    appear,
    both,
    organisation,
    presentation,
    session,
    session_type,
    speaker,
    version,
)
from conference.models import Edition, EditionOrganisation, Room, Series, User, Venue
from sessions.models import Appearance, Kind, Session, Slot, Topic, Track
from sessions.services.timetable import release_timetable
from speakers.models import Speaker

ZONE = ZoneInfo("Europe/Brussels")
Role = Appearance.Part

# kind, type, title, day, start, minutes, room, track, capacity, speakers
ITEMS: list[tuple[str, str, Pair, int, str, int, str, str, int | None, list[str]]] = [
    ("session", "Plenary", ("Opening: what has changed since Mechelen", "Opening: wat is er veranderd sinds Mechelen"),
     1, "09:30", 75, "Hall", "", None, ["Ingrid Vos", "Rafael Moreno"]),
    ("break", "", ("Coffee", "Koffie"), 1, "10:45", 30, "", "", None, []),
    ("workshop", "Workshop", ("Recognising a term abroad: one school's file, step by step",
     "Een semester in het buitenland erkennen: het dossier van één school, stap voor stap"),
     1, "11:15", 75, "Room 1", "Recognition", 8, ["Noor Ferreira"]),
    ("workshop", "Workshop", ("Interviewing pupils after their return", "Leerlingen interviewen na hun terugkeer"),
     1, "11:15", 75, "Room 2", "Teaching", 20, ["Katrin Lehmann"]),
    ("workshop", "Workshop", ("Finding a partner school without a network", "Een partnerschool vinden zonder netwerk"),
     1, "11:15", 75, "Room 3", "Teaching", 18, ["Dário Antunes", "Sigrid Haugen"]),
    ("break", "", ("Lunch", "Lunch"), 1, "12:30", 60, "", "", None, []),
    ("session", "Panel", ("Pupils on what nobody prepared them for", "Leerlingen over waar niemand hen op voorbereidde"),
     1, "13:30", 60, "Hall", "", None, ["Yara Benali", "Rafael Moreno"]),
    ("workshop", "Workshop", ("Difficult conversations in an international class",
     "Moeilijke gesprekken in een internationale klas"),
     1, "14:45", 90, "Room 1", "Teaching", 24, ["Katrin Lehmann"]),
    ("workshop", "Workshop", ("Writing a learning agreement that holds", "Een leerovereenkomst schrijven die standhoudt"),
     1, "14:45", 90, "Room 2", "Recognition", 16, ["Matteo Colombo"]),
    ("session", "Plenary", ("What ministries can decide tomorrow", "Wat overheden morgen kunnen beslissen"),
     2, "09:30", 60, "Hall", "Recognition", None, ["Ingrid Vos", "Matteo Colombo"]),
    ("break", "", ("Coffee", "Koffie"), 2, "10:30", 30, "", "", None, []),
    ("session", "Country groups", ("Country groups: from plan to first step", "Landengroepen: van plan naar eerste stap"),
     2, "11:00", 90, "Hall", "", None, []),
]  # fmt: skip
TRACKS: dict[str, tuple[Pair, int]] = {
    "Recognition": (("Recognition", "Erkenning"), 150),
    "Teaching": (("Teaching", "Lesgeven"), 30),
}
TOPICS: dict[str, tuple[Pair, list[str]]] = {
    "learning-agreements": (("Learning agreements", "Leerovereenkomsten"), [
        "Recognising a term abroad: one school's file, step by step", "Writing a learning agreement that holds",
        "What ministries can decide tomorrow"]),
    "intercultural-learning": (("Intercultural learning", "Intercultureel leren"), [
        "Difficult conversations in an international class", "Interviewing pupils after their return",
        "Pupils on what nobody prepared them for"]),
    "partnerships": (("Partnerships", "Partnerschappen"), [
        "Finding a partner school without a network", "Country groups: from plan to first step"]),
    "policy": (("Policy", "Beleid"), [
        "Opening: what has changed since Mechelen", "What ministries can decide tomorrow",
        "Country groups: from plan to first step"]),
    "pupil-voice": (("The voice of pupils", "De stem van leerlingen"), [
        "Pupils on what nobody prepared them for", "Interviewing pupils after their return"]),
}  # fmt: skip
IN_DUTCH = ["Difficult conversations in an international class"]
ROLES: dict[str, tuple[str, str, str]] = {
    "Ingrid Vos": ("Chair of the conference", "Ministry of Education and Training", "public_body"),
    "Rafael Moreno": ("Researcher of mobility in schools", "University of the Western Coast", "higher_education"),
    "Noor Ferreira": ("Coach for internationalisation", "Bridge Schools Network", "npo"),
    "Katrin Lehmann": ("Teacher of history and trainer", "Gymnasium am Lindenhof", "school"),
    "Dário Antunes": ("Coordinator of exchanges", "Escola do Rio", "school"),
    "Sigrid Haugen": ("Head teacher", "Fjordane vidaregåande skule", "school"),
    "Yara Benali": ("Pupil, sixth year", "", ""),
    "Matteo Colombo": ("Legal adviser and member of the advisory group", "European Federation for Intercultural Learning",
                       "federation"),
}  # fmt: skip


def load(accounts: dict[str, User]) -> Edition:
    edition = make_edition()
    rooms = make_rooms(edition)
    tracks = {
        name: Track.objects.create(edition=edition, slug=name.lower(), hue=hue, **both(name=pair))
        for name, (pair, hue) in TRACKS.items()
    }
    people = make_people()
    numbers: dict[str, int] = {}
    for item in ITEMS:
        add_item(edition, item, rooms, tracks, people, numbers)
    add_topics(edition)
    session(
        edition, ("An evening walk through the old town", "Een avondwandeling door de oude stad"), number=5,
        abstract=("The hour will be announced.", "Het uur volgt nog."), session_type=session_type(("Social", "Ontmoeting")),
    )  # fmt: skip
    session(
        edition,
        ("A session still being prepared", "Een sessie in voorbereiding"),
        status=Session.Status.DRAFT,
    )
    release_timetable(edition=edition, by=accounts["organiser"], note="First timetable")
    add_presentations(edition, accounts)
    return edition


def make_edition() -> Edition:
    today = clock.now().astimezone(ZONE).date()
    starts_on = today + timedelta(days=60)
    edition = Edition.objects.create(
        series=Series.objects.get(slug="individual-pupil-mobility"),
        slug="second-conference",
        ordinal=2,
        country="BE",
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=1),
        accent_hue=150,
        registration_opens_at=clock.now() - timedelta(days=10),
        registration_closes_at=datetime.combine(today + timedelta(days=46), time(18), ZONE),
        is_published=True,
        **both(
            title=(
                "From a term abroad to a diploma at home",
                "Van een semester in het buitenland naar een diploma thuis",
            ),
            short_title=("IPM & Recognition, 2nd edition", "IPM & erkenning, 2e editie"),
            summary=(
                "Two days about pupils who learn abroad and schools that recognise it. Invented for the demonstration.",
                "Twee dagen over leerlingen die in het buitenland leren en scholen die dat erkennen. Verzonnen als voorbeeld.",
            ),
            introduction=(
                "Teachers, school heads, pupils and policy makers work on what is still in the way of **recognition**.\n\n"
                "Taking part is free. Choose one workshop in each round when you register.",
                "Leraren, schoolleiders, leerlingen en beleidsmakers werken aan wat **erkenning** nog in de weg staat.\n\n"
                "Deelnemen is gratis. Kies bij je inschrijving één workshop per ronde.",
            ),
            city=("Ghent", "Gent"),
        ),
    )
    federation = organisation("European Federation for Intercultural Learning", "federation")
    edition.parts.create(organisation=federation, part=EditionOrganisation.Part.ORGANISER)
    return edition


def make_rooms(edition: Edition) -> dict[str, Room]:
    venue = Venue.objects.create(
        edition=edition,
        address="Voorbeeldstraat 1",
        city="Gent",
        **both(
            name=("The Weavers' House", "Het Wevershuis"),
            travel_note=("Tram 1 stops at the door.", "Tram 1 stopt voor de deur."),
        ),
    )
    names: dict[str, tuple[Pair, int]] = {
        "Hall": (("Hall", "Grote zaal"), 120),
        "Room 1": (("Room 1", "Zaal 1"), 30),
        "Room 2": (("Room 2", "Zaal 2"), 24),
        "Room 3": (("Room 3", "Zaal 3"), 24),
    }
    return {
        key: Room.objects.create(
            venue=venue, slug=slugify(key), capacity=capacity, position=position, **both(name=pair)
        )
        for position, (key, (pair, capacity)) in enumerate(names.items())
    }


def make_people() -> dict[str, Speaker]:
    people = {name: speaker(name, email=f"{slugify(name)}@example.org") for name in ROLES}
    minor = people["Yara Benali"]
    minor.is_minor = True
    minor.save()
    return people


def add_item(edition, item, rooms, tracks, people, numbers) -> None:
    kind, type_name, title, day, start, minutes, room, track, capacity, names = item
    numbers[kind] = numbers.get(kind, 0) + 1
    made = session(
        edition, title, kind, track=tracks.get(track), capacity=capacity, takes_bookings=kind == Kind.WORKSHOP,
        number=None if kind == Kind.BREAK else numbers[kind], slug=f"{title[0]} {day}" if kind == Kind.BREAK else title[0],
        session_type=session_type((type_name, type_name), kind) if type_name else None,
    )  # fmt: skip
    starts_at = datetime.combine(edition.starts_on + timedelta(days=day - 1), time.fromisoformat(start), ZONE)
    Slot.objects.create(
        session=made,
        room=rooms.get(room),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
    )
    for name in names:
        role, employer, employer_kind = ROLES[name]
        part = (
            Role.FACILITATOR
            if kind == Kind.WORKSHOP
            else Role.PANELLIST
            if type_name == "Panel"
            else Role.SPEAKER
        )
        where = organisation(employer, employer_kind) if employer else None
        appear(made, people[name], part, role=role, organisation=where)


def add_topics(edition: Edition) -> None:
    """What each item is about and in which language it is spoken, so that the programme can be narrowed."""
    for slug, (name, titles) in TOPICS.items():
        found, _made = Topic.objects.get_or_create(slug=slug, defaults=both(name=name))
        found.sessions.set(edition.sessions.filter(title_en__in=titles))
    spoken = edition.sessions.exclude(kind=Kind.BREAK)
    spoken.update(language="en")
    spoken.filter(title_en__in=IN_DUTCH).update(language="nl")
    case = edition.sessions.get(title_en=TOPICS["learning-agreements"][1][0])
    case.links.create(title="Individual pupil mobility in Erasmus+", url="https://erasmus-plus.ec.europa.eu/")


def add_presentations(edition: Edition, accounts: dict[str, User]) -> None:
    """What the demonstration's speaker can replace, and what waits for the day."""
    own = edition.sessions.get(kind=Kind.WORKSHOP, number=1)
    case = presentation(own, "The file of one school", accounts["speaker"], audience="attendees")
    version(case)
    later = presentation(
        own, "Templates to take home", accounts["speaker"], audience="attendees", opens_after_session=True
    )
    version(later, file_format="docx")
    opening = edition.sessions.get(kind=Kind.SESSION, number=1)
    version(
        presentation(opening, "What has changed since Mechelen", accounts["organiser"], audience="everyone")
    )
