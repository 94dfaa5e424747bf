"""Puts the viewer on the request: who is looking, found out only when a page asks."""

from collections.abc import Callable

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from conference.accounts.staff import second_factor_missing
from conference.viewer import ANONYMOUS, Viewer
from registration.models import CheckIn, Registration

Respond = Callable[[HttpRequest], HttpResponse]


def viewer_of(request: HttpRequest) -> Viewer:
    user = request.user
    if not user.is_authenticated:
        return ANONYMOUS
    present = CheckIn.objects.standing().filter(registration=OuterRef("pk"))
    confirmed = Registration.objects.confirmed().filter(user=user).annotate(was_present=Exists(present))
    editions = confirmed.values_list("edition", "was_present")
    return Viewer(
        user_id=user.pk,
        is_organiser=is_organiser(request),
        editions_confirmed=frozenset(edition for edition, _was_present in editions),
        editions_attended=frozenset(edition for edition, was_present in editions if was_present),
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
