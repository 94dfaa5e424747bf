"""What the pages of the speaker's desk show."""

from datetime import tzinfo
from itertools import groupby
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from conference.viewer import Viewer
from sessions.models import Presentation, PresentationFile, Session
from sessions.models.presentation import PresentationQuerySet
from sessions.models.session import SessionQuerySet
from sessions.progress import progress_of
from speakers.models import Availability

Status = PresentationFile.Status


def sessions_of(viewer: Viewer) -> SessionQuerySet:
    """The sessions to which this person may bring presentations."""
    sessions = Session.objects.select_related("edition")
    if viewer.is_organiser:
        return sessions
    return sessions.filter(appearances__speaker__user=viewer.user_id).distinct()


def managed(viewer: Viewer) -> PresentationQuerySet:
    return Presentation.objects.manageable_by(viewer).for_page()


def zone_of(presentation: Presentation) -> tzinfo:
    return presentation.edition.zone if presentation.edition else timezone.get_default_timezone()


def wanted_status(request: HttpRequest) -> str:
    return Status.DRAFT if request.POST.get("status") == Status.DRAFT else Status.SUBMITTED


def show_desk(request: HttpRequest) -> HttpResponse:
    user = request.user
    on_stage = Session.objects.filter(appearances__speaker__user=user.pk).distinct()
    brought = Presentation.objects.select_related("current_file").prefetch_related("versions")
    sessions = (
        on_stage.select_related("edition")
        .prefetch_related(Prefetch("presentations", brought))
        .order_by(F("edition__starts_on").desc(nulls_last=True), "edition", "position", "number", "title")
    )
    own = brought.own(request.viewer)  # type: ignore[attr-defined]
    groups = [(edition, list(group)) for edition, group in groupby(sessions, lambda s: s.edition)]
    editions = [(edition, rows_of(group), any(map(may_take_place, group))) for edition, group in groups]
    others = with_progress(own.exclude(session__in=on_stage.values("pk")).distinct())
    rows = [row for _edition, group, _may in editions for _session, found in group for row in found] + others
    context = {
        "speaker": getattr(user, "speaker", None),
        "editions": editions,
        "others": others,
        "times": Availability.objects.filter(speaker__user=user.pk),
        "all_presentations": [presentation for presentation, _progress in rows],
    }
    return render(request, "sessions/desk/speaker_desk.html", context)


def may_take_place(session: Session) -> bool:
    return session.status in Session.PLANNABLE


def rows_of(sessions: Any) -> list[tuple[Session, list[tuple[Presentation, Any]]]]:
    return [(session, with_progress(session.presentations.all())) for session in sessions]


def with_progress(presentations: Any) -> list[tuple[Presentation, Any]]:
    return [(one, progress_of(one, latest_first(one))) for one in presentations]


def latest_first(presentation: Presentation) -> list[PresentationFile]:
    return sorted(presentation.versions.all(), key=lambda version: -version.number)


def show_management(request: HttpRequest, guid: UUID, *, status: int, **forms: Any) -> HttpResponse:
    """Read anew, so that a refused change does not show as if it were made."""
    presentation = managed(request.viewer).prefetch_related("versions__preview").get(guid=guid)  # type: ignore[attr-defined]
    request.edition = presentation.edition  # type: ignore[attr-defined]
    versions = latest_first(presentation)
    context = {
        "presentation": presentation,
        "versions": versions,
        "latest": versions[0] if versions else None,
        "progress": progress_of(presentation, versions),
        "quota": settings.SPEAKER_QUOTA_MB,
        "can_replace": can_replace(presentation),
        **forms,
    }
    return render(request, "sessions/desk/manage_presentation.html", context, status=status)


def can_replace(presentation: Presentation) -> bool:
    session = presentation.session
    return not presentation.withdrawn_at and not (session and session.status == Session.Status.WITHDRAWN)
