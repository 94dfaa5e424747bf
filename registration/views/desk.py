"""The desk of an edition and the doors of its rooms: the page, and what its script asks."""

import hashlib
import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from conference import clock
from conference.limits import is_too_often
from conference.middleware import permissions_policy
from conference.models import Edition
from registration.desk.access import at_the_desk, scanned_at, session_at, sessions_of
from registration.desk.forms import NewPersonForm
from registration.desk.page import page_of, taken_back, welcome
from registration.desk.people import list_for_device, numbers_at
from registration.desk.scans import BadRequest, Batch, read_batch, read_object
from registration.exceptions import Refusal
from registration.services.desk_registering import register_at_the_desk
from registration.views.busy import answer_when_busy
from registration.views.person import person
from sessions.models import Session


@at_the_desk
@answer_when_busy
def desk(request: HttpRequest, edition: Edition, slug: str = "") -> HttpResponse:
    """The page at the door, or at the door of a room; its form works without the script too."""
    session = session_at(edition, slug)
    context = page_of(request, edition, session)
    context["rooms"] = sessions_of(edition).in_order()
    response = render(request, "registration/desk/desk.html", context)
    response["Permissions-Policy"] = permissions_policy("camera")
    return response


@at_the_desk
@require_POST
@answer_when_busy
def desk_scan(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Scans as JSON, each of them answered by itself; those that came before are answered again."""
    try:
        batch = read_batch(request.body)
        session = scanned_at(edition, batch.session)
    except (BadRequest, Session.DoesNotExist):
        return JsonResponse({"error": _("This is no scan.")}, status=400)
    if is_too_often(request, "desk_scan", key=f"{person(request).pk}:{batch.sender[:40]}"):
        return JsonResponse(
            {"error": _("Too many scans at once.")}, status=429, headers={"Retry-After": "10"}
        )
    answers = answers_to(request, edition, session, batch)
    return JsonResponse({"answers": answers, "numbers": numbers_at(edition, session), "now": now()})


def answers_to(
    request: HttpRequest, edition: Edition, session: Session | None, batch: Batch
) -> list[dict[str, Any]]:
    at = clock.now()
    return [
        welcome(
            edition=edition,
            session=session,
            code=scan.code,
            chosen=scan.person,
            nonce=scan.nonce,
            by=person(request),
            device=batch.device,
            at=scan.made_at(at),
        ).as_dict()
        | {"nonce": str(scan.nonce)}
        for scan in batch.scans
    ]


@at_the_desk
@require_POST
@answer_when_busy
def desk_undo(request: HttpRequest, edition: Edition) -> HttpResponse:
    try:
        nonce = read_object(request.body).get("check_in")
    except BadRequest:
        return JsonResponse({"error": _("This is no scan.")}, status=400)
    answer = taken_back(request, edition, nonce if isinstance(nonce, str) else "")
    return JsonResponse({"answer": answer.as_dict(), "now": now()})


@at_the_desk
@require_safe
def desk_people(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The list for a device; nothing, if it has the same one already."""
    session = session_at(edition, request.GET.get("session", ""))
    body = json.dumps(list_for_device(edition, session), ensure_ascii=False, separators=(",", ":"))
    etag = f'W/"{hashlib.sha256(body.encode()).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache", "Server-Time": str(now())}
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified(headers=headers)
    return HttpResponse(body, content_type="application/json", headers=headers)


@at_the_desk
@answer_when_busy
def desk_register(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Somebody who is not registered stands here; who gets a place is checked in at once."""
    form = NewPersonForm(request.POST or None, edition=edition)
    if form.is_valid():
        try:
            made = attempt(request, form)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, made)
            return redirect("registration:desk", edition.slug)
    return render(request, "registration/desk/register.html", {"form": form})


def attempt(request: HttpRequest, form: NewPersonForm) -> str:
    if is_too_often(request, "desk_register"):
        raise TooManyAtOnce
    registration = register_at_the_desk(by=person(request), **form.answers())
    if not registration.is_confirmed:
        return _("%(name)s is registered, but has no place yet.") % {"name": registration.user.name}
    return _("%(name)s is registered and checked in.") % {"name": registration.user.name}


class TooManyAtOnce(Refusal):
    def __str__(self) -> str:
        return _("That was very often in one hour. Please wait a while, then send it again.")


def now() -> float:
    return clock.now().timestamp()
