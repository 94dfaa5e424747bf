"""Take many presentations home at once: what is in the pack, and the pack itself."""

from typing import cast
from uuid import UUID

from allauth.core.ratelimit import respond_429
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from conference.limits import is_too_often
from conference.models import Task
from conference.once import asker
from registration.downloading.file_answers import counts_as_download, mark_private
from registration.packs.answering import answer_kept, answer_pack, is_limited, was_limited
from registration.packs.contents import Pack, pack_of, packed
from registration.packs.holder import holder_of
from registration.packs.tasks import KIND, ask_for_pack, still_yours
from registration.packs.wanted import wanted
from registration.services.downloads import country_of, record_downloads
from registration.views.person import person
from sessions.booklet.shelf import ComeBackLater
from sessions.models import Publication
from sessions.views.library import searches_too_often
from sessions.views.publications import come_back

MEGABYTE = 1024**2


def pack_or_404(request: HttpRequest, kind: str, key: str) -> Pack:
    """Nobody learns of a pack in which there is nothing that they may know of."""
    viewer = request.viewer  # type: ignore[attr-defined]
    asked = wanted(kind, key, viewer, request.META.get("QUERY_STRING", ""))
    found = asked and pack_of(asked, holder_of(request), viewer)
    if not found:
        raise Http404
    return found


def is_search_too_often(request: HttpRequest, kind: str) -> bool:
    """A pack of a search is a search of the library, and limited together with it."""
    return kind == "search" and searches_too_often(request)


def is_large(pack: Pack) -> bool:
    return pack.size > settings.PACK_AT_ONCE_MB * MEGABYTE


@require_http_methods(["GET", "HEAD", "POST"])
def pack(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """What is in it, what is not and why; counted by nobody."""
    if is_search_too_often(request, kind):
        return respond_429(request)
    found = pack_or_404(request, kind, key)
    if request.method == "POST":
        return ask(request, found)
    query = f"?{found.wanted.query}" if found.wanted.query else ""
    context = {
        "pack": found,
        "wanted": found.wanted,
        "is_large": is_large(found),
        "address": reverse("registration:pack_file", args=[kind, key]) + query,
        "path": request.get_full_path(),
    }
    return render(request, "registration/packs/pack.html", context)


def ask(request: HttpRequest, found: Pack) -> HttpResponse:
    """A large one is made by the worker, for somebody who can be written to."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if found.is_empty or not is_large(found):
        return redirect(request.get_full_path())
    if is_too_often(request, "pack"):
        return respond_429(request)
    return redirect("registration:my_pack", ask_for_pack(found, person(request)).guid)


@require_safe
def pack_file(request: HttpRequest, kind: str, key: str) -> HttpResponseBase:
    """The ZIP of what this person may have now; without anything, or too large for now, the page says so."""
    if was_limited(request) or is_search_too_often(request, kind):
        return respond_429(request)
    found = pack_or_404(request, kind, key)
    if found.is_empty or is_large(found):
        query = f"?{found.wanted.query}" if found.wanted.query else ""
        return mark_private(redirect(reverse("registration:pack", args=[kind, key]) + query))
    try:
        made = packed(found)
    except ComeBackLater as wait:  # which counts for nobody
        return come_back(request, cast(Publication, found.wanted.publication), wait)
    if is_limited(request):
        return respond_429(request)
    return answer_pack(request, made)


@never_cache
@login_required
@require_safe
def my_pack(request: HttpRequest, guid: UUID) -> HttpResponse:
    """How far it is; without script the page looks again by itself."""
    task = own_task(request, guid)
    context = {"task": task, "title": task.options["title"], "is_gone": False}
    response = render(request, "registration/packs/my_pack.html", context)
    if not task.is_over:
        response["Refresh"] = "5"
    return response


@never_cache
@login_required
@require_safe
def my_pack_file(request: HttpRequest, guid: UUID) -> HttpResponseBase:
    """Rights are asked once more, now: what has changed since it was made makes it nobody's."""
    task = own_task(request, guid)
    if is_too_often(request, "pack_part"):
        return respond_429(request)
    try:
        made = (
            still_yours(task, holder_of(request)) if task.file and task.status == Task.Status.DONE else None
        )
        response = answer_kept(request, task, made.etag) if made else None
    except OSError:
        response = None
    except ComeBackLater as wait:
        return come_back(request, get_object_or_404(Publication, slug=task.options["key"]), wait)
    if made is None or response is None:
        context = {"task": task, "title": task.options["title"], "is_gone": True}
        return mark_private(render(request, "registration/packs/my_pack.html", context, status=404))
    if counts_as_download(request, response):
        versions = [item.version for item in made.pack.files]
        record_downloads(versions, country_of(request.user), asker(request))
    return response


def own_task(request: HttpRequest, guid: UUID) -> Task:
    return get_object_or_404(Task.objects.kept().filter(by=person(request), kind=KIND), guid=guid)
