"""What an organiser asks of a programme every day: which presentation stands where, which session lacks what."""

from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from sessions.models import Kind, Presentation, PresentationFile, Session, Slot

STATES = {
    "submitted": _("waiting for approval"),
    "approved": _("approved"),
    "refused": _("refused"),
    "draft": _("not yet submitted"),
    "empty": _("without a file"),
    "withdrawn": _("withdrawn"),
}
MISSING = {
    "speaker": _("without speaker"),
    "time": _("without time"),
    "slides": _("without presentation"),
}


def with_state(presentations: QuerySet) -> QuerySet:
    """Annotate each presentation with its state: that of its newest version."""
    newest = PresentationFile.objects.filter(presentation=OuterRef("pk")).order_by("-number")
    return presentations.annotate(newest_status=Subquery(newest.values("status")[:1])).annotate(
        state=Case(
            When(withdrawn_at__isnull=False, then=Value("withdrawn")),
            When(newest_status__isnull=True, then=Value("empty")),
            default="newest_status",
            output_field=CharField(),
        )
    )


def state_of(presentation: Presentation) -> str:
    """The same from versions that are loaded already."""
    if presentation.withdrawn_at:
        return "withdrawn"
    versions = presentation.versions.all()
    return max(versions, key=lambda version: version.number).status if versions else "empty"


def slides_of(session: Session) -> str:
    """The states of a session's presentations in words."""
    states = [state_of(presentation) for presentation in session.presentations.all()]
    return ", ".join(str(STATES[state]) for state in states) or "–"


def lacking(sessions: QuerySet, what: str) -> QuerySet:
    """Sessions in the programme that lack a speaker, a time in the draft or a presentation."""
    conditions: dict[str, Any] = {
        "speaker": Q(appearances=None) & ~Q(kind=Kind.BREAK),
        "time": ~Exists(Slot.objects.draft().filter(session=OuterRef("pk"), starts_at__isnull=False)),
        "slides": ~Exists(Presentation.objects.filter(session=OuterRef("pk"), withdrawn_at=None))
        & ~Q(kind=Kind.BREAK),
    }
    return sessions.plannable().filter(conditions[what])
