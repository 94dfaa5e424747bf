"""Take many presentations home at once: what is in the pack, and the pack itself."""

from allauth.core.ratelimit import respond_429
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from registration.downloading.file_answers import mark_private
from registration.packs.answering import answer_pack, is_limited
from registration.packs.contents import Pack, pack_of, packed
from registration.packs.holder import holder_of
from registration.packs.wanted import wanted

MEGABYTE = 1024**2


def pack_or_404(request: HttpRequest, kind: str, key: str) -> Pack:
    """Nobody learns of a pack in which there is nothing that they may know of."""
    viewer = request.viewer  # type: ignore[attr-defined]
    asked = wanted(kind, key, viewer, request.META.get("QUERY_STRING", ""))
    found = asked and pack_of(asked, holder_of(request), viewer)
    if not found:
        raise Http404
    return found


def is_large(pack: Pack) -> bool:
    return pack.size > settings.PACK_AT_ONCE_MB * MEGABYTE


@require_safe
def pack(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """What is in it, what is not and why; counted by nobody."""
    found = pack_or_404(request, kind, key)
    query = f"?{found.wanted.query}" if found.wanted.query else ""
    context = {
        "pack": found,
        "wanted": found.wanted,
        "is_large": is_large(found),
        "address": reverse("registration:pack_file", args=[kind, key]) + query,
        "path": request.get_full_path(),
    }
    return render(request, "registration/packs/pack.html", context)


@require_safe
def pack_file(request: HttpRequest, kind: str, key: str) -> HttpResponseBase:
    """The ZIP of what this person may have now; without anything, or too large for now, the page says so."""
    found = pack_or_404(request, kind, key)
    if found.is_empty or is_large(found):
        query = f"?{found.wanted.query}" if found.wanted.query else ""
        return mark_private(redirect(reverse("registration:pack", args=[kind, key]) + query))
    if is_limited(request):
        return respond_429(request)
    return answer_pack(request, packed(found))
