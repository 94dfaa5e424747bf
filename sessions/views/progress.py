"""How far a file is that was just sent, as a small piece of a page that follows it in its place."""

import hashlib
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from conference.limits import is_too_often
from sessions.collecting.links import given_by, link_of
from sessions.models import Presentation
from sessions.views.desk_pages import managed

PIECE = "sessions/desk/progress.html"


@login_required
@require_safe
def version_progress(request: HttpRequest, guid: UUID) -> HttpResponse:
    """To those who manage the presentation."""
    return piece_of(request, get_object_or_404(managed(request.viewer), guid=guid))  # type: ignore[attr-defined]


@require_safe
def progress_by_link(request: HttpRequest, token: str, guid: UUID) -> HttpResponse:
    """To whoever holds the upload link by which it came."""
    if is_too_often(request, "upload_progress"):
        return HttpResponse(status=429, headers={"Retry-After": "60"})
    link = link_of(token)
    if not link:
        raise Http404
    response = piece_of(request, get_object_or_404(given_by(link), guid=guid), is_by_link=True)
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def piece_of(request: HttpRequest, presentation: Presentation, *, is_by_link: bool = False) -> HttpResponse:
    """Of the newest version; the same piece is not sent again."""
    latest = presentation.versions.select_related("preview").order_by("-number").first()
    context = {"presentation": presentation, "latest": latest, "is_by_link": is_by_link}
    response = render(request, PIECE, context)
    response["Cache-Control"] = "private, no-cache"
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    return get_conditional_response(request, etag, None, response) or response
