"""The programme of an edition on paper: a booklet as a PDF, in the language of the page."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from conference.content import ContentState, content_state
from conference.editions import edition_of
from sessions.booklet.shelf import ComeBackLater, booklet_of, opened
from sessions.files.names import content_disposition


@require_safe
def booklet(request: HttpRequest, edition: str) -> HttpResponseBase:
    found = edition_of(request, edition)
    if not found.is_published:
        raise Http404
    state = content_state(found)
    changed_at = int(state.changed_at.timestamp()) if state.changed_at else None
    unchanged = get_conditional_response(request, state.etag("booklet"), changed_at)
    if isinstance(unchanged, HttpResponseNotModified):
        return dressed(unchanged, state)
    try:
        file = opened(booklet_of(found, state))
    except ComeBackLater as wait:
        return come_back(request, wait)
    answer = FileResponse(file, content_type="application/pdf")
    name = content_disposition(f"{found.slug}.pdf").replace("attachment", "inline", 1)
    answer["Content-Disposition"] = name
    answer["Content-Encoding"] = "identity"  # compressed inside; taken off at the door
    return dressed(answer, state)


def dressed(answer: HttpResponseBase, state: ContentState) -> HttpResponseBase:
    answer["ETag"] = state.etag("booklet")
    if state.changed_at:
        answer["Last-Modified"] = http_date(state.changed_at.timestamp())
    answer["Cache-Control"] = "public, max-age=0, s-maxage=60"
    return answer


def come_back(request: HttpRequest, wait: ComeBackLater) -> HttpResponseBase:
    """It is being made, or could not be: the page asks again by itself, without a script."""
    shown = {"edition": request.edition, "has_failed": wait.has_failed}  # type: ignore[attr-defined]
    answer = render(request, "sessions/booklet_waiting.html", shown, status=503)
    answer["Retry-After"] = answer["Refresh"] = str(wait.seconds)
    answer["Cache-Control"] = "no-store"
    return answer
