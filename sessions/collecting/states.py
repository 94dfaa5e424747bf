"""How far the presentations of each session are, told by the database for a whole edition in one query."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, CharField, Exists, OuterRef, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from conference.models import Edition
from sessions.models import Kind, Presentation, PresentationFile, Session
from sessions.models.session import SessionQuerySet

Status = PresentationFile.Status

NONE, PROMISED, UPLOADED = "none", "promised", "uploaded"
REFUSED, APPROVED, NOT_EXPECTED = "refused", "approved", "unexpected"
STATES = {
    NONE: _("none"),
    PROMISED: _("promised"),
    UPLOADED: _("uploaded"),
    REFUSED: _("refused"),
    APPROVED: _("approved"),
    NOT_EXPECTED: _("none expected"),
}
BADGES = {  # the same colours as those of versions
    NONE: "cancelled",
    PROMISED: "draft",
    UPLOADED: "submitted",
    REFUSED: "refused",
    APPROVED: "approved",
    NOT_EXPECTED: "draft",
}


def expected_of(edition: Edition) -> SessionQuerySet:
    """The sessions that the board speaks of, each with its `slides` state: all but breaks and what is called off."""
    sessions = Session.objects.filter(edition=edition).plannable().exclude(kind=Kind.BREAK)
    return with_slides(sessions).select_related("track").in_order()


def with_slides(sessions: SessionQuerySet) -> SessionQuerySet:
    """Annotate each session with the state of its presentations; what waits for somebody comes before what is done."""
    newest = PresentationFile.objects.filter(presentation=OuterRef("pk")).order_by("-number")
    own = Presentation.objects.filter(session=OuterRef("pk"), withdrawn_at=None)
    own = own.annotate(newest=Subquery(newest.values("status")[:1]))
    return sessions.annotate(
        slides=Case(
            When(Exists(own.filter(newest=Status.SUBMITTED)), then=Value(UPLOADED)),
            When(Exists(own.filter(newest=Status.REFUSED)), then=Value(REFUSED)),
            When(Exists(own.filter(current_file__isnull=False)), then=Value(APPROVED)),
            When(expects_presentations=False, then=Value(NOT_EXPECTED)),
            When(presentations_promised_for__isnull=False, then=Value(PROMISED)),
            default=Value(NONE),
            output_field=CharField(),
        )
    )


def is_owed(session: Any, today: date) -> bool:
    """Its speakers are to be asked: nothing came, what came was refused, or the promised day is over."""
    if session.slides == PROMISED:
        return session.presentations_promised_for < today
    return session.slides in (NONE, REFUSED)


@dataclass(frozen=True)
class Asked:
    """What the board is narrowed by, from its address; what does not exist narrows nothing."""

    state: str = ""
    track: str = ""

    @classmethod
    def from_query(cls, query: Any) -> "Asked":
        state, track = query.get("state", ""), query.get("track", "")
        return cls(state if state in STATES else "", track if track.isdecimal() and len(track) < 19 else "")

    @property
    def query(self) -> str:
        """As part of an address."""
        return urlencode(
            {name: value for name, value in (("state", self.state), ("track", self.track)) if value}
        )

    def includes(self, session: Any) -> bool:
        return (not self.state or session.slides == self.state) and (
            not self.track or str(session.track_id) == self.track
        )


def counts_of(sessions: list[Any]) -> dict[str, int]:
    """How many sessions are in each state, in the order of STATES."""
    found = [session.slides for session in sessions]
    return {state: found.count(state) for state in STATES}
