"""What is on now and next: for telephones all rooms at once, for the screen at a door one room."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.dateparse import parse_datetime

from conference import clock
from conference.middleware import has_session
from conference.models import Room
from sessions import now
from sessions.views.sessions import EditionPage

KEPT_SECONDS = 15  # by a cache for everybody: a page about the moment is soon old


class NowPage(EditionPage):
    """A page about a moment; only organisers choose the moment, to see beforehand what the screens will show."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().get(request, *args, **kwargs)
        if not has_session(request):
            response["Cache-Control"] = f"public, max-age=0, s-maxage={KEPT_SECONDS}"
            patch_vary_headers(response, ["Cookie"])
        return response

    def chosen_moment(self) -> datetime | None:
        if "at" not in self.request.GET or not self.request.viewer.is_organiser:
            return None
        try:
            chosen = parse_datetime(self.request.GET["at"])
        except ValueError:  # looks like a moment, but there is none: 31 February
            return None
        if chosen is None or not 1970 <= chosen.year <= 2200:
            return None
        return chosen if timezone.is_aware(chosen) else chosen.replace(tzinfo=self.edition.zone)

    def context_of(self, moment: datetime, items: list[now.Item], course: now.Course) -> dict[str, Any]:
        return {
            "preview": self.is_preview or self.chosen_moment() is not None,
            "at": moment,
            "course": course,
            "phase": course.phase(moment),
            "is_something_on": any(item.starts_at <= moment for item in items),
            **now.words_for(items, self.edition, moment),
        }


class NowView(NowPage):
    template_name = "sessions/now.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        at = self.chosen_moment() or clock.now()
        course = now.course_of(self.edition, at)
        items = now.items_of(self.edition, course, at, days=1)
        rooms = list(now.rooms_of(self.edition))
        return super().get_context_data(
            boards=now.boards_of(items, rooms, at),
            has_several_venues=len({room.venue_id for room in rooms}) > 1,
            **self.context_of(at, items, course),
            **kwargs,
        )


class NowRoomView(NowPage):
    template_name = "sessions/now_room.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rooms = Room.objects.filter(venue__edition=self.edition, slug=kwargs.pop("room"))
        room = rooms.select_related("venue").first()
        if room is None:
            raise Http404
        at = self.chosen_moment() or clock.now()
        course = now.course_of(self.edition, at)
        items = now.items_of(self.edition, course, at, days=2, room=room)  # over the night without a network
        return super().get_context_data(
            room=room,
            board=now.board_of(room, items, at),
            **self.context_of(at, items, course),
            **kwargs,
        )
