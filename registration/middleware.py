"""Puts the viewer on the request: who is looking, found out only when a page asks."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from conference.viewer import ANONYMOUS, Viewer
from registration.models import Registration

Respond = Callable[[HttpRequest], HttpResponse]


def viewer_of(user) -> Viewer:
    if not user.is_authenticated:
        return ANONYMOUS
    confirmed = Registration.objects.confirmed().filter(user=user)
    return Viewer(
        user_id=user.pk,
        is_organiser=user.is_staff and user.has_perm("conference_sessions.view_presentation"),
        editions_confirmed=frozenset(confirmed.values_list("edition", flat=True)),
    )


def viewer(get_response: Respond) -> Respond:
    def middleware(request: HttpRequest) -> HttpResponse:
        request.viewer = SimpleLazyObject(lambda: viewer_of(request.user))  # type: ignore[attr-defined]
        return get_response(request)

    return middleware
