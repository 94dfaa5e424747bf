"""Stars on pages: the form for one session, and what the script needs to put a button on each."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.middleware.csrf import get_token

from conference.middleware import has_session
from registration.my_programme import starred_in
from sessions.models import Session

register = template.Library()


@register.inclusion_tag("sessions/_stars.html", takes_context=True)
def stars(context: Any) -> dict[str, Any]:
    """The words and the script; for a person who is logged in also their stars, in one query."""
    request = context.request
    account = account_of(request)
    return {
        "edition": context["edition"],
        "path": request.get_full_path(),
        "account": account,
        "token": get_token(request) if account else "",
        "starred": " ".join(sorted(stars_on(request, context["edition"]))) if account else "",
    }


@register.inclusion_tag("sessions/_star_form.html", takes_context=True)
def star_form(context: Any, session: Session, is_starred: bool | None = None) -> dict[str, Any]:
    """A form for a person who is logged in; others have the script's button. A list says itself what is starred."""
    request = context.request
    account = account_of(request)
    if account and is_starred is None:
        is_starred = str(session.guid) in stars_on(request, session.edition)
    return {
        "session": session,
        "account": account,
        "path": request.get_full_path(),
        "csrf_token": get_token(request) if account else "",
        "is_starred": is_starred,
    }


def account_of(request: HttpRequest) -> Any:
    """The person who is logged in; a page for everybody asks no session."""
    return request.user if has_session(request) and request.user.is_authenticated else None


def stars_on(request: Any, edition: Any) -> set[str]:
    """Asked for once in a page."""
    if not hasattr(request, "starred"):
        request.starred = starred_in(request.user, edition)
    return request.starred
