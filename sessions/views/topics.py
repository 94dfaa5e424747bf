"""The page of a topic over all editions."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from sessions.library.topic_page import page_of
from sessions.models import Topic


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """Public once something public is about it; organisers see it before."""
    found = Topic.objects.known_as(slug)
    if found is None:
        raise Http404
    viewer = request.viewer  # type: ignore[attr-defined]
    page = page_of(found, viewer)
    if page.is_empty and not viewer.is_organiser:
        raise Http404
    if found.slug != slug:  # renamed or merged meanwhile
        return redirect("sessions:topic", found.slug, permanent=True)
    return render(request, "sessions/topic.html", {"topic": found, "about": page, "preview": page.is_empty})
