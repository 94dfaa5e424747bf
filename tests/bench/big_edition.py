"""A conference of any size in a scratch database, usually 200 sessions, 180 speakers, 100 files, a full timetable."""

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

SESSIONS, FILES, DAYS = 200, 100, 4
ROOMS_AT_LEAST, SESSIONS_OF_A_ROOM = 10, 20
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


def make_big_edition(
    file_size: int = 1_000_000, *, sessions: int = SESSIONS, files: int = FILES, slug: str = "large"
) -> Edition:
    """Made by the same chance every time, so that two runs can be compared."""
    chance = random.Random(2026)  # noqa: S311
    edition = make_edition(title="The large conference", slug=slug, introduction=text(chance, 120))
    make_registration_type(edition, capacity=25)
    made = make_sessions(edition, chance, sessions)
    put_people_on_stage(made, chance)
    make_timetable(edition, made)
    for number, session in enumerate(made[:files]):
        content = b"%PDF-1.7\n" + os.urandom(file_size)
        make_presentation(session, title=f"{title(chance)} {number}", content=content)
    return edition


def title(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(4, 12))).capitalize()


def text(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(WORDS, k=words)).capitalize() + "."


def make_sessions(edition: Edition, chance: random.Random, size: int) -> list[Session]:
    """Four of five are sessions, the others workshops."""
    workshops = size // 5
    made = [
        make_session(edition, title(chance), number=number, abstract=text(chance, 80))
        for number in range(1, size - workshops + 1)
    ]
    return made + [
        make_workshop(edition, title(chance), number=number, abstract=text(chance, 80), capacity=25)
        for number in range(1, workshops + 1)
    ]


def put_people_on_stage(sessions: list[Session], chance: random.Random) -> None:
    schools = [make_organisation(f"School {number} of {title(chance)}") for number in range(40)]
    for number in range(len(sessions) * 9 // 10):
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
    needed = max(ROOMS_AT_LEAST, len(sessions) // SESSIONS_OF_A_ROOM)
    rooms = [make_room(edition, f"Room {number}") for number in range(1, needed + 1)]
    release = make_release(edition)
    per_day = -(-len(sessions) // DAYS)
    for place, session in enumerate(sessions):
        day, turn = divmod(place, per_day)
        hour = timedelta(days=day, hours=turn // needed * 1.5)
        make_slot(session, OPENING + hour, minutes=75, room=rooms[turn % needed], release=release)
