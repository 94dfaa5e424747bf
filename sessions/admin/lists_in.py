"""Lists of people that come in, as pages of an edition."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from conference.admin.base import AnyAdmin
from conference.admin.edition_pages import EditionPage, Stage
from sessions.lists_in.speakers import SPEAKERS
from sessions.lists_in.steps import Steps


class SpeakersInMixin(AnyAdmin):
    def speakers_in_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return Steps(self, request, SPEAKERS, pk).answer()


PAGES = [
    EditionPage(
        name="conference_edition_speakers_in",
        path="speakers-in/",
        view=SpeakersInMixin.speakers_in_view,
        stage=Stage.PROGRAMME,
        words=_("Speakers from a sheet"),
        may=lambda request: request.user.has_perms(SPEAKERS.permissions),
    )
]
