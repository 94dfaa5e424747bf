"""The 1st conference, Mechelen, March 2024: its public programme as it was; everything private is invented."""

from datetime import date

from conference.management.demo import mechelen_files
from conference.management.demo.base import (
    Pair,
    appear,
    both,
    organisation,
    session,
    session_type,
    speaker,
)
from conference.models import Edition, EditionOrganisation, Organisation, Series, User, Venue
from sessions.models import Appearance, Kind, Session

Part = EditionOrganisation.Part
Role = Appearance.Part

INTRODUCTION: Pair = (
    """The evaluation of the European Education Area was under way, and a Council recommendation on a learning mobility
framework was being negotiated. It was the right moment to bring everyone who works on **individual pupil mobility** to one
table: to agree on action at national and European level, and to have what pupils learn abroad recognised at home.

Below are the sessions in the order of the day, and the presentations of speakers and workshops.""",
    """De Europese onderwijsruimte werd geëvalueerd en over een aanbeveling van de Raad over leermobiliteit werd onderhandeld.
Het was het juiste moment om iedereen die werkt aan **individuele leerlingenmobiliteit** aan één tafel te brengen: om
nationaal en Europees op elkaar af te stemmen, en om wat leerlingen in het buitenland leren thuis te laten erkennen.

Hieronder staan de sessies in de volgorde van de dag, en de presentaties van sprekers en workshops.""",
)
GROUPS: list[tuple[Pair, str, str]] = [
    (("Belgium and the Netherlands", "België en Nederland"), "Noor Ferreira", "BE"),
    (("Italy and Portugal", "Italië en Portugal"), "Giorgio Valenti", "IT"),
    (("Latvia and Finland", "Letland en Finland"), "Ieva Krūmiņa", "LV"),
    (("France and Germany", "Frankrijk en Duitsland"), "Amélie Rousseau", "FR"),
    (("Other countries", "Andere landen"), "Henrik Solberg", "NO"),
]


def load(accounts: dict[str, User]) -> Edition:
    edition = make_edition()
    add_organisations(edition)
    sessions = add_sessions(edition)
    add_country_groups(sessions[6], accounts["speaker"])
    workshops = add_workshops(edition)
    mechelen_files.load(sessions, workshops, accounts)
    return edition


def make_edition() -> Edition:
    series = Series.objects.create(
        slug="individual-pupil-mobility",
        position=1,
        **both(
            title=(
                "Conferences on individual pupil mobility",
                "Conferenties over individuele leerlingenmobiliteit",
            ),
            description=(
                "Where schools, organisations and ministries meet about pupils who learn abroad.",
                "Waar scholen, organisaties en overheden elkaar ontmoeten rond leerlingen die in het buitenland leren.",
            ),
        ),
    )
    return Edition.objects.create(
        series=series,
        slug="mechelen-2024",
        ordinal=1,
        country="BE",
        starts_on=date(2024, 3, 1),
        ends_on=date(2024, 3, 31),
        date_precision=Edition.Precision.MONTH,
        accent_hue=255,
        is_published=True,
        **both(
            title=(
                "Conference on individual pupil mobility and recognition of its learning outcomes",
                "Conferentie over individuele leerlingenmobiliteit en de erkenning van leerresultaten",
            ),
            short_title=("IPM & Recognition 2024", "IPM & erkenning 2024"),
            summary=(
                "Stakeholders of individual pupil mobility (IPM) met in Mechelen to bring national and European action "
                "together. Its presentations are kept here.",
                "Iedereen rond individuele leerlingenmobiliteit (IPM) kwam in Mechelen samen om nationaal en Europees op "
                "elkaar af te stemmen. De presentaties blijven hier te vinden.",
            ),
            introduction=INTRODUCTION,
            city=("Mechelen", "Mechelen"),
        ),
    )


def add_organisations(edition: Edition) -> None:
    edition.part_of.create(
        position=1, **both(title=("EU Belgian Presidency", "Belgisch voorzitterschap van de Raad van de EU"))
    )
    edition.part_of.create(
        position=2, **both(title=("Construct Europe Festival", "Construct Europe Festival"))
    )
    rows: list[tuple[Organisation, str, Pair]] = [
        (
            organisation("European Federation for Intercultural Learning", "federation", acronym="EFIL"),
            Part.ORGANISER,
            ("", ""),
        ),
        (
            organisation("Empowering Teachers for Automatic Recognition", "project", acronym="ETAR"),
            Part.PROJECT,
            ("", ""),
        ),
        (organisation("AFS Low Lands", "npo"), Part.PARTNER, ("", "")),
        (
            organisation("Hannah Arendt Institute", "institute", city="Mechelen", country="BE"),
            Part.PARTNER,
            ("", ""),
        ),
        (
            organisation("Erasmus+ programme", "funding"),
            Part.FUNDER,
            (
                "Co-funded by the European Union. What is said here is the view of its authors alone; "
                "the European Union and its agency are not answerable for it.",
                "Medegefinancierd door de Europese Unie. Wat hier gezegd wordt is alleen de mening van de auteurs; "
                "de Europese Unie en haar agentschap zijn er niet verantwoordelijk voor.",
            ),
        ),
    ]
    for position, (who, part, disclaimer) in enumerate(rows):
        edition.parts.create(organisation=who, part=part, position=position, **both(disclaimer=disclaimer))


def add_sessions(edition: Edition) -> dict[int, Session]:
    plenary = session_type(("Plenary", "Plenaire sessie"))
    panel = session_type(("Panel", "Panel"))
    hubs = session_type(("Country groups", "Landengroepen"))
    rows: list[tuple[int, Pair, Pair, object]] = [
        (
            1,
            (
                "The European Education Area and Europe on the Move: progress made so far in individual pupil mobility (IPM)",
                "De Europese onderwijsruimte en Europa in beweging: de vooruitgang in individuele leerlingenmobiliteit (IPM)",
            ),
            ("", ""),
            plenary,
        ),
        (
            2,
            (
                "The experience of training teachers at local level on internationalisation through IPM and recognition "
                "of its learning outcomes",
                "Leraren lokaal opleiden in internationalisering door IPM en in de erkenning van leerresultaten: ervaringen",
            ),
            ("", ""),
            plenary,
        ),
        (
            4,
            (
                "The voice of pupils, teachers, and school heads",
                "De stem van leerlingen, leraren en schoolleiders",
            ),
            ("", ""),
            panel,
        ),
        (
            5,
            (
                "How can EU policy and programmes foster the promotion of IPM?",
                "Hoe kunnen Europees beleid en Europese programma's IPM vooruithelpen?",
            ),
            ("", ""),
            plenary,
        ),
        (
            6,
            (
                "Stakeholder & Knowledge Hubs on IPM and Recognition of its learning outcomes",
                "Kennisknooppunten over IPM en de erkenning van leerresultaten",
            ),
            (
                "Building a national hub: facilitated workshops in country groups",
                "Bouwen aan een nationaal knooppunt: begeleide workshops in landengroepen",
            ),
            hubs,
        ),
    ]
    return {
        number: session(
            edition, title, number=number, subtitle=subtitle, session_type=kind, slug=f"session-{number}"
        )
        for number, title, subtitle, kind in rows
    }


def add_country_groups(hubs: Session, demo_speaker: User) -> None:
    group_type = session_type(("Country group", "Landengroep"), Kind.WORKSHOP)
    for number, (title, name, country) in enumerate(GROUPS, start=1):
        group = session(
            hubs.edition, title, Kind.WORKSHOP, number=number, part_of=hubs, session_type=group_type,
            slug=f"country group {title[0]}", capacity=20,
        )  # fmt: skip
        facilitator = speaker(name, country=country)
        if name == demo_speaker.name:
            facilitator.user, facilitator.email = demo_speaker, demo_speaker.email
            facilitator.biography = "Works with schools on *learning abroad* and on what comes home with it."
            facilitator.save()
        appear(group, facilitator, Role.FACILITATOR)


def add_workshops(edition: Edition) -> dict[int, Session]:
    kind = session_type(("Workshop", "Workshop"), Kind.WORKSHOP)
    dossin = Venue.objects.create(
        edition=edition, city="Mechelen", **both(name=("Dossin Kazerne", "Kazerne Dossin"))
    )
    titles: list[tuple[Pair, str]] = [
        (
            ("Remembrance Education in Practice", "Herinneringseducatie in de praktijk"),
            "remembrance-education",
        ),
        (
            (
                "How to navigate in a globalised world and super-diverse society? (and how to teach it to others)",
                "Hoe vind je je weg in een geglobaliseerde wereld en superdiverse samenleving? (en hoe leer je het anderen)",
            ),
            "navigate-in-a-globalised-world",
        ),
        (
            (
                "Us versus Them: How to deal with polarisation and how to teach others to deal with sensitive topics "
                "and heated discussions?",
                "Wij tegen zij: hoe ga je om met polarisatie, en hoe leer je anderen omgaan met gevoelige onderwerpen "
                "en verhitte discussies?",
            ),
            "us-versus-them",
        ),
        (
            (
                "The inspiring mosaic of Atheneum Pitzemburg. Different actions, different target groups, different "
                "networks – one internationalisation story for active global citizens!",
                "Het inspirerende mozaïek van Atheneum Pitzemburg. Verschillende acties, doelgroepen en netwerken – één "
                "verhaal van internationalisering voor actieve wereldburgers!",
            ),
            "the-mosaic-of-pitzemburg",
        ),
    ]
    made = {
        number: session(edition, title, Kind.WORKSHOP, number=number, session_type=kind, slug=slug)
        for number, (title, slug) in enumerate(titles, start=1)
    }
    made[1].venue = dossin
    made[1].save()
    add_presenters(made)
    return made


def add_presenters(workshops: dict[int, Session]) -> None:
    appear(
        workshops[2], speaker("Caroline Steyaert"),
        role="Director of AFS Low Lands and Global Competence qualified facilitator",
        organisation=organisation("AFS Low Lands", "npo"),
    )  # fmt: skip
    appear(
        workshops[3], speaker("Chris Wyns"), role="Polarisation strategist and educator",
        expertise="Expertise in polarisation and dealing with moral dilemmas, diversity and connection",
        organisation=organisation("Hannah Arendt Institute", "institute"),
    )  # fmt: skip
    school = organisation("GO! Busleyden Atheneum Pitzemburg", "school", city="Mechelen", country="BE")
    appear(workshops[4], speaker("Steven Van der Taelen"), organisation=school)
