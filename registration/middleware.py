"""Puts the viewer on the request: who is looking, found out only when a page asks."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from conference.accounts.staff import second_factor_missing
from conference.viewer import ANONYMOUS, Viewer
from registration.models import Registration

Respond = Callable[[HttpRequest], HttpResponse]


def viewer_of(request: HttpRequest) -> Viewer:
    user = request.user
    if not user.is_authenticated:
        return ANONYMOUS
    confirmed = Registration.objects.confirmed().filter(user=user)
    return Viewer(
        user_id=user.pk,
        is_organiser=is_organiser(request),
        editions_confirmed=frozenset(confirmed.values_list("edition", flat=True)),
    )


def is_organiser(request: HttpRequest) -> bool:
    """Staff who may see presentations, and have proved themselves as the admin asks."""
    may_see = request.user.is_staff and request.user.has_perm("conference_sessions.view_presentation")
    return may_see and not second_factor_missing(request)


def viewer(get_response: Respond) -> Respond:
    def middleware(request: HttpRequest) -> HttpResponse:
        request.viewer = SimpleLazyObject(lambda: viewer_of(request))  # type: ignore[attr-defined]
        return get_response(request)

    return middleware
