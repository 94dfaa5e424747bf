"""Who is asked for which missing presentations, where they are reached and who is left in peace."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings

from conference import clock
from conference.models import Edition, User
from conference.models.user import STAND_IN
from sessions.collecting.states import expected_of, is_owed
from sessions.models import Appearance, Session
from speakers.models import Speaker

REST = timedelta(days=1)  # nobody is asked twice within it


@dataclass
class Person:
    """Somebody to ask, with what they owe: an appearance is a session and the speaker whose it is."""

    email: str
    name: str
    language: str
    user: User | None
    owed: list[Appearance] = field(default_factory=list)
    asked_at: datetime | None = None

    def rests(self, at: datetime) -> bool:
        return self.asked_at is not None and self.asked_at > at - REST


@dataclass(frozen=True)
class Round:
    """Whom a reminder reaches now, whom it leaves in peace, and who has no address."""

    asked: list[Person]
    resting: list[Person]
    unreachable: list[Appearance]


def round_of(edition: Edition, at: datetime | None = None) -> Round:
    """From two queries, however many sessions and people there are."""
    at = at or clock.now()
    today = edition.today(at)
    owed = {session.pk: session for session in expected_of(edition) if is_owed(session, today)}
    appearances = Appearance.objects.filter(session__edition=edition).select_related("speaker__user")
    people: dict[str, Person] = {}
    unreachable = []
    for appearance in bringing(appearances.order_by("session", "position", "pk")):
        email = address_of(appearance.speaker)
        person = people.setdefault(email.lower(), person_of(appearance.speaker, email)) if email else None
        if person:
            person.asked_at = latest(person.asked_at, appearance.asked_at)
        if appearance.session_id not in owed:
            continue
        appearance.session = owed[appearance.session_id]
        appearance.session.edition = edition
        if person:
            note(person, appearance)
        else:
            unreachable.append(appearance)
    owing = [person for person in people.values() if person.owed]
    asked = [person for person in owing if not person.rests(at)]
    return Round(asked, [person for person in owing if person.rests(at)], unreachable)


def bringing(appearances: Iterable[Appearance]) -> list[Appearance]:
    """Who brings presentations: chairs only where they are alone."""
    rows = list(appearances)
    others = {row.session_id for row in rows if row.part != Appearance.Part.CHAIR}
    return [row for row in rows if row.part != Appearance.Part.CHAIR or row.session_id not in others]


def note(person: Person, appearance: Appearance) -> None:
    """Once for each session, whatever parts the speaker has in it."""
    known = {(one.session_id, one.speaker_id) for one in person.owed}
    if (appearance.session_id, appearance.speaker_id) in known:
        return
    person.owed.append(appearance)
    if not person.user and len(person.owed) == 1:
        person.language = language_of(appearance.session)


def address_of(speaker: Speaker) -> str:
    """That of their account, else the one for the invitation; none where mail would reach nobody."""
    user = speaker.user
    if user:
        return user.email if user.is_active and not user.email.endswith(STAND_IN) else ""
    return speaker.email.strip().lower()


def person_of(speaker: Speaker, email: str) -> Person:
    return Person(email, speaker.name, speaker.user.language if speaker.user else "", speaker.user)


def language_of(session: Session) -> str:
    """For somebody without an account: the language they speak in, if the site speaks it too."""
    known = {code for code, _name in settings.LANGUAGES}
    return session.language if session.language in known else settings.LANGUAGE_CODE.split("-")[0]


def latest(one: datetime | None, other: datetime | None) -> datetime | None:
    return max(filter(None, (one, other)), default=None)
