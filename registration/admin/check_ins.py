"""Who was let in and noted as present, when, by whom, and what was taken back; and how many came, per session and hour."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conference.admin.base import AnyAdmin, EditionFilter, ReadOnlyMixin, person
from conference.admin.edition_pages import EditionPage, Stage
from conference.models import Edition
from registration.desk.access import works_at_the_desk
from registration.desk.people import numbers_at
from registration.models import CheckIn
from registration.presence.counting import hour_counts, session_counts

AT_ONCE = timedelta(minutes=1)
PRESENCE = "conference_edition_presence"


class PeopleEditionFilter(EditionFilter):
    path = "registration__edition"


@admin.register(CheckIn)
class CheckInAdmin(ReadOnlyMixin, admin.ModelAdmin):
    """Names, and nothing else of a person: helpers read it too."""

    list_display = [
        "at", "name", "session", "way", "shown_by", "device", "sent_later", "undone_at", "shown_undone_by",
    ]  # fmt: skip
    list_display_links = None
    list_filter = [PeopleEditionFilter, "way", ("undone_at", admin.EmptyFieldListFilter)]
    list_select_related = ["registration__user", "session", "by", "undone_by"]
    search_fields = ["registration__reference", "registration__user__name"]
    list_per_page = 100
    fields = ["registration", *list_display]
    readonly_fields = fields

    def has_change_permission(self, request: HttpRequest, obj: CheckIn | None = None) -> bool:
        return False

    @admin.display(description=_("name"), ordering="registration__user__name")
    def name(self, row: CheckIn) -> str:
        return row.registration.user.name

    @admin.display(description=_("sent later"), ordering="received_at")
    def sent_later(self, row: CheckIn) -> Any:
        """When it arrived here, if the device had no network when it was made."""
        return row.received_at if row.received_at - row.at > AT_ONCE else "–"

    @admin.display(description=_("by"), ordering="by__name")
    def shown_by(self, row: CheckIn) -> str:
        return row.by.name if row.by else "–"

    @admin.display(description=_("undone by"), ordering="undone_by__name")
    def shown_undone_by(self, row: CheckIn) -> str:
        return row.undone_by.name if row.undone_by else "–"


class DeskMixin(AnyAdmin):
    """Links to the desk and to the page under /admin/conference/edition/<pk>/presence/ for the edition's admin."""

    def presence_view(self, request: HttpRequest, pk: int) -> TemplateResponse:
        """Numbers only: names stand in the list of check-ins."""
        if not may_see_presence(request):
            raise PermissionDenied
        edition = get_object_or_404(Edition, pk=pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Presence"),
            "edition": edition,
            "door": numbers_at(edition, None),
            "sessions": session_counts(edition),
            "hours": hour_counts(edition),
        }
        return TemplateResponse(request, "admin/presence.html", context)


def may_see_presence(request: HttpRequest) -> bool:
    user = request.user
    return user.has_perm("registration.view_checkin") and user.has_perm("registration.change_registration")


def may_work_at_the_desk(request: HttpRequest) -> bool:
    return works_at_the_desk(person(request))


def desk_of(edition: Edition) -> str:
    """Nobody comes to an edition that is not on the site."""
    return reverse("registration:desk", args=[edition.slug]) if edition.is_published else ""


PAGES = [
    EditionPage(stage=Stage.ON_THE_DAY, words=_("Desk"), may=may_work_at_the_desk, address=desk_of),
    EditionPage(
        name=PRESENCE,
        path="presence/",
        view=DeskMixin.presence_view,
        stage=Stage.ON_THE_DAY,
        words=_("Presence"),
        may=may_see_presence,
    ),
]
