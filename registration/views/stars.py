"""Star a session and take the star away, by a form or by the script; take over what a browser kept."""

from uuid import UUID

from allauth.account.utils import get_next_redirect_url
from allauth.core.ratelimit import respond_429
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from conference.limits import is_too_often
from registration.views.busy import answer_when_busy
from registration.views.person import person
from sessions.models import Session
from sessions.services import stars


@never_cache
@require_POST
@answer_when_busy
def star(request: HttpRequest) -> HttpResponse:
    """`action` says what happens to each `session`; the script asks for JSON, a form comes back to its page."""
    action = ACTIONS.get(request.POST.get("action", ""))
    if not request.user.is_authenticated:
        here = get_next_redirect_url(request) or "/"
        return JsonResponse({}, status=403) if asks_for_json(request) else redirect_to_login(here)
    if is_too_often(request, "star"):
        return JsonResponse({}, status=429) if asks_for_json(request) else respond_429(request)
    if action is None:
        return HttpResponseBadRequest()
    return action(request, guids_in(request.POST.getlist("session")[: stars.MOST_AT_ONCE]))


def keep(request: HttpRequest, guids: list[UUID]) -> HttpResponse:
    session = get_object_or_404(stars.that_take_stars().select_related("edition"), guid__in=guids[:1])
    stars.star(user=person(request), session=session)
    return answer(request, session, _("“%(title)s” is in your programme."))


def drop(request: HttpRequest, guids: list[UUID]) -> HttpResponse:
    mine = Session.objects.filter(stars__user=person(request)).select_related("edition")
    session = mine.filter(guid__in=guids[:1]).first()
    if session is None:  # gone already, perhaps by another page
        return JsonResponse({}) if asks_for_json(request) else redirect(get_next_redirect_url(request) or "/")
    stars.unstar(user=person(request), session=session)
    return answer(request, session, _("“%(title)s” is no longer in your programme."))


def take_over(request: HttpRequest, guids: list[UUID]) -> HttpResponse:
    return JsonResponse({"starred": stars.take_over(user=person(request), guids=guids)})


ACTIONS = {"star": keep, "unstar": drop, "take_over": take_over}


def answer(request: HttpRequest, session: Session, words: str) -> HttpResponse:
    if asks_for_json(request):
        return JsonResponse({})
    messages.success(request, words % {"title": session.title})
    return redirect(get_next_redirect_url(request) or session.get_absolute_url())


def asks_for_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def guids_in(values: list[str]) -> list[UUID]:
    """What is no guid is left out."""
    found = []
    for value in values:
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return found
