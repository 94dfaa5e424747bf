"""A large conference in a scratch database: 200 sessions, 180 speakers, 100 files, a full timetable."""

import os
import random
from datetime import UTC, datetime, timedelta

from conference.models import Edition
from sessions.models import Session
from tests.factories import (
    make_appearance,
    make_edition,
    make_organisation,
    make_presentation,
    make_registration_type,
    make_release,
    make_room,
    make_session,
    make_slot,
    make_speaker,
    make_workshop,
)

SESSIONS, WORKSHOPS, SPEAKERS, FILES, ROOMS, DAYS = 160, 40, 180, 100, 10, 4
OPENING = datetime(2027, 3, 13, 8, 0, tzinfo=UTC)
WORDS = [
    "pupils",
    "mobility",
    "recognition",
    "learning",
    "outcomes",
    "teachers",
    "abroad",
    "school",
    "partners",
    "dialogue",
    "language",
    "inclusion",
    "practice",
    "gender",
    "peer",
    "network",
    "policy",
    "hub",
    "workshop",
    "Europe",
    "citizenship",
    "diversity",
    "voice",
]


def make_big_edition(file_size: int = 1_000_000) -> Edition:
    """Made by the same chance every time, so that two runs can be compared."""
    chance = random.Random(2026)  # noqa: S311
    edition = make_edition(title="The large conference", slug="large", introduction=text(chance, 120))
    make_registration_type(edition, capacity=25)
    sessions = make_sessions(edition, chance)
    put_people_on_stage(sessions, chance)
    make_timetable(edition, sessions)
    for number, session in enumerate(sessions[:FILES]):
        content = b"%PDF-1.7\n" + os.urandom(file_size)
        make_presentation(session, title=f"{title(chance)} {number}", content=content)
    return edition


def title(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(4, 12))).capitalize()


def text(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(WORDS, k=words)).capitalize() + "."


def make_sessions(edition: Edition, chance: random.Random) -> list[Session]:
    made = [
        make_session(edition, title(chance), number=number, abstract=text(chance, 80))
        for number in range(1, SESSIONS + 1)
    ]
    return made + [
        make_workshop(edition, title(chance), number=number, abstract=text(chance, 80), capacity=25)
        for number in range(1, WORKSHOPS + 1)
    ]


def put_people_on_stage(sessions: list[Session], chance: random.Random) -> None:
    schools = [make_organisation(f"School {number} of {title(chance)}") for number in range(40)]
    for number in range(SPEAKERS):
        speaker = make_speaker(
            f"Speaker {number} {chance.choice(WORDS).capitalize()}", biography=text(chance, 60)
        )
        make_appearance(
            sessions[number % len(sessions)],
            speaker,
            role="coordinator of international projects",
            organisation=chance.choice(schools),
        )


def make_timetable(edition: Edition, sessions: list[Session]) -> None:
    rooms = [make_room(edition, f"Room {number}") for number in range(1, ROOMS + 1)]
    release = make_release(edition)
    per_day = len(sessions) // DAYS
    for place, session in enumerate(sessions):
        day, turn = divmod(place, per_day)
        hour = timedelta(days=day, hours=turn // ROOMS * 1.5)
        make_slot(session, OPENING + hour, minutes=75, room=rooms[turn % ROOMS], release=release)
