"""Puts the viewer on the request: who is looking, found out only when a page asks."""

from collections.abc import Callable

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from conference.accounts.staff import second_factor_missing
from conference.models import User
from conference.viewer import ANONYMOUS, Viewer
from registration.models import CheckIn, Registration

Respond = Callable[[HttpRequest], HttpResponse]


def viewer_of(request: HttpRequest) -> Viewer:
    user = request.user
    if not user.is_authenticated:
        return ANONYMOUS
    return viewer_for(user, is_organiser=is_organiser(request))


def viewer_for(user: User, *, is_organiser: bool) -> Viewer:
    """What is true of this person now; whether they proved to be an organiser only the caller knows."""
    present = CheckIn.objects.standing().filter(registration=OuterRef("pk"))
    confirmed = Registration.objects.confirmed().filter(user=user).annotate(was_present=Exists(present))
    editions = list(confirmed.values_list("edition", "was_present"))
    return Viewer(
        user_id=user.pk,
        is_organiser=is_organiser,
        editions_confirmed=frozenset(edition for edition, _was_present in editions),
        editions_attended=frozenset(edition for edition, was_present in editions if was_present),
    )


def is_organiser(request: HttpRequest) -> bool:
    """Staff who may see presentations, and have proved themselves as the admin asks."""
    user = request.user
    return user.is_authenticated and may_see_all(user) and not second_factor_missing(request)


def may_see_all(user: User) -> bool:
    return user.is_staff and user.has_perm("conference_sessions.view_presentation")


def viewer(get_response: Respond) -> Respond:
    def middleware(request: HttpRequest) -> HttpResponse:
        request.viewer = SimpleLazyObject(lambda: viewer_of(request))  # type: ignore[attr-defined]
        return get_response(request)

    return middleware
