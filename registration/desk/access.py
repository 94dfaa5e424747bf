"""Who works at the desk: staff who may check people in, and have proved themselves as the admin asks."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from conference.accounts.staff import lead_to_second_factor, second_factor_missing
from conference.editions import edition_of
from conference.models import Edition, User
from sessions.models import Kind, Session
from sessions.models.session import SessionQuerySet

View = Callable[..., HttpResponse]
PERMISSION = "registration.add_checkin"


def works_at_the_desk(user: User) -> bool:
    return user.is_active and user.is_staff and user.has_perm(PERMISSION)


def at_the_desk(view: View) -> View:
    """For views of the desk; they get the edition in the place of its slug. For everybody else nothing is there."""

    @wraps(view)
    @login_required
    def wrapper(request: HttpRequest, edition: str, **kwargs: Any) -> HttpResponse:
        if not works_at_the_desk(cast(User, request.user)):
            raise Http404
        if second_factor_missing(request):
            return lead_to_second_factor(request, request.get_full_path())
        return view(request, edition_of(request, edition), **kwargs)

    return wrapper


def sessions_of(edition: Edition) -> SessionQuerySet:
    """Where somebody can be present."""
    return Session.objects.published().filter(edition=edition).exclude(kind=Kind.BREAK)


def session_at(edition: Edition, slug: str) -> Session | None:
    """The session whose room this is; none at the door."""
    if not slug:
        return None
    session = get_object_or_404(sessions_of(edition), slug=slug)
    session.edition = edition
    return session


def scanned_at(edition: Edition, slug: str) -> Session | None:
    """The session of scans, also if it was cancelled since they were made; raises DoesNotExist."""
    if not slug:
        return None
    session = Session.objects.exclude(kind=Kind.BREAK).get(edition=edition, slug=slug)
    session.edition = edition
    return session
