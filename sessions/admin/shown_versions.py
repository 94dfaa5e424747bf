"""Which version of a presentation an organiser had before them: what came since, nobody has read."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from sessions.exceptions import PresentationRefused
from sessions.models import Presentation, PresentationFile

Status = PresentationFile.Status


def with_waiting(presentations: QuerySet) -> QuerySet:
    """Annotate each with the key of its newest submitted version."""
    newest = PresentationFile.objects.filter(presentation=OuterRef("pk"), status=Status.SUBMITTED)
    return presentations.annotate(waiting=Subquery(newest.order_by("-number").values("pk")[:1]))


def mark_of(row: Any) -> str:
    """Goes along with the list, so that what is sent back says what the list showed."""
    if not row.waiting:
        return ""
    return format_html('<input type="hidden" name="version-{}" value="{}">', row.pk, row.waiting)


def shown_in(request: HttpRequest, row: Presentation) -> str:
    return request.POST.get(f"version-{row.pk}", "")


def waiting_version(row: Presentation) -> PresentationFile:
    """The newest submitted version, or a refusal that says there is none."""
    version = row.versions.filter(status=Status.SUBMITTED).order_by("-number").first()
    if not version:
        raise PresentationRefused(_("no version waits for approval."))
    return version


def waiting_as_shown(row: Presentation, shown: str) -> PresentationFile:
    """The version that waits, if it is the one that was shown; else a refusal that says what happened."""
    version = waiting_version(row)
    if not shown:
        raise PresentationRefused(_("it was on another page of the list, so nobody has decided about it."))
    if shown != str(version.pk):
        raise PresentationRefused(
            _("a newer version came while you looked at the former one, so nobody has decided about it.")
        )
    return version


def in_words(rows: list[Any]) -> list[str]:
    """Each presentation with the version that waits, by the name of its file."""
    found = PresentationFile.objects.filter(pk__in=[row.waiting for row in rows if row.waiting])
    waiting = {version.pk: version for version in found.select_related("presentation")}
    return [
        f"{version}: {version.original_name or version.link}"
        if (version := waiting.get(row.waiting))
        else str(row)
        for row in rows
    ]
