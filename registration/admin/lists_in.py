"""Attendees that come in from a sheet, as a page of an edition."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from conference.admin.base import AnyAdmin
from conference.admin.edition_pages import EditionPage, Stage
from registration.lists_in.attendees import ATTENDEES
from sessions.lists_in.steps import Steps


class AttendeesInMixin(AnyAdmin):
    def attendees_in_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return Steps(self, request, ATTENDEES, pk).answer()


PAGES = [
    EditionPage(
        name="conference_edition_attendees_in",
        path="attendees-in/",
        view=AttendeesInMixin.attendees_in_view,
        stage=Stage.REGISTRATION,
        words=_("Attendees from a sheet"),
        may=lambda request: request.user.has_perms(ATTENDEES.permissions),
    )
]
