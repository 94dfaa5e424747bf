"""What the board of missing presentations shows: rows with states, people and live links, in few queries."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch

from conference.models import Edition
from sessions.collecting.links import usable_links
from sessions.collecting.people import address_of, bringing
from sessions.collecting.states import BADGES, STATES, Asked, counts_of, expected_of, is_owed
from sessions.models import Appearance, Presentation, Session, UploadLink


@dataclass(frozen=True)
class Row:
    """One session of the board."""

    session: Any
    words: Any
    badge: str
    is_owed: bool
    is_late: bool  # the promised day is over
    people: list["Bringer"]


@dataclass(frozen=True)
class Bringer:
    """A speaker who brings the presentations of one session."""

    appearance: Appearance
    email: str
    has_account: bool
    links: list[UploadLink]

    @property
    def may_get_link(self) -> bool:
        return bool(self.email) and not self.has_account


@dataclass(frozen=True)
class Board:
    rows: list[Row]
    counts: list[dict[str, Any]]
    tracks: list[dict[str, Any]]
    total: int
    is_narrowed: bool


def board_of(edition: Edition, asked: Asked, at: datetime | None = None) -> Board:
    sessions = list(expected_of(edition).prefetch_related(presentations_first(), appearances_first()))
    chosen = [session for session in sessions if asked.includes(session)]
    links = live_links(edition, at)
    today = edition.today(at)
    return Board(
        rows=[row_of(session, today, links) for session in chosen],
        counts=state_choices(sessions, asked),
        tracks=track_choices(sessions, asked),
        total=len(sessions),
        is_narrowed=bool(asked.state or asked.track),
    )


def row_for(session: Session, at: datetime | None = None) -> Row | None:
    """The same about one session; None if the board does not speak of it."""
    edition = session.edition
    rows = expected_of(edition).filter(pk=session.pk)
    found = rows.prefetch_related(presentations_first(), appearances_first()).first()
    return row_of(found, edition.today(at), live_links(edition, at)) if found else None


def presentations_first() -> Prefetch:
    return Prefetch(
        "presentations", Presentation.objects.filter(withdrawn_at=None).order_by("position", "pk")
    )


def appearances_first() -> Prefetch:
    return Prefetch(
        "appearances", Appearance.objects.select_related("speaker__user").order_by("position", "pk")
    )


def live_links(edition: Edition, at: datetime | None) -> dict[tuple[int, int], list[UploadLink]]:
    """The links that still open something, by session and speaker."""
    found: dict[tuple[int, int], list[UploadLink]] = defaultdict(list)
    for link in usable_links(at).filter(session__edition=edition).order_by("-created_at", "-pk"):
        found[link.session_id, link.speaker_id].append(link)
    return found


def row_of(session: Any, today: Any, links: dict[tuple[int, int], list[UploadLink]]) -> Row:
    promised = session.presentations_promised_for
    people: dict[int, Bringer] = {}
    for one in bringing(session.appearances.all()):
        own = links.get((session.pk, one.speaker_id), [])
        bringer = Bringer(one, address_of(one.speaker), one.speaker.user_id is not None, own)
        people.setdefault(one.speaker_id, bringer)
    return Row(
        session=session,
        words=STATES[session.slides],
        badge=BADGES[session.slides],
        is_owed=is_owed(session, today),
        is_late=session.slides == "promised" and promised < today,
        people=list(people.values()),
    )


def state_choices(sessions: list[Any], asked: Asked) -> list[dict[str, Any]]:
    """How many there are in each state, and the address that shows only those."""
    counts = counts_of(sessions)
    every = [("", None, len(sessions)), *((state, STATES[state], counts[state]) for state in STATES)]
    return [
        {
            "words": words,
            "count": count,
            "query": Asked(state, asked.track).query,
            "is_current": state == asked.state,
        }
        for state, words, count in every
        if count or state in ("", asked.state)
    ]


def track_choices(sessions: list[Any], asked: Asked) -> list[dict[str, Any]]:
    """One link for each track there is; none where there is nothing to choose."""
    tracks = {session.track_id: session.track for session in sessions if session.track_id}
    if not tracks:
        return []
    every = [("", None), *((str(pk), track) for pk, track in tracks.items())]
    return [
        {"words": words, "query": Asked(asked.state, pk).query, "is_current": pk == asked.track}
        for pk, words in every
    ]
