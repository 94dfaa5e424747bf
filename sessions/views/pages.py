"""One page of a presentation: its picture and its text, or what opens it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from sessions.access import access_of
from sessions.models import Presentation
from sessions.previews.access import with_pages_open
from sessions.previews.viewing import sight_of
from sessions.views.presentations import open_already


@require_safe
def page(request: HttpRequest, guid: UUID, number: int) -> HttpResponse:
    """Behind the gate there is a page too: it says what opens it, and one is back on it afterwards.

    Below an open page stands the same gate while the file and other pages are closed.
    """
    viewer = request.viewer  # type: ignore[attr-defined]
    found = get_object_or_404(with_pages_open(Presentation.objects.filter(guid=guid).for_page(), viewer))
    sight = sight_of(found, number, found.pages_open)  # type: ignore[attr-defined]
    if not sight:
        raise Http404
    request.edition = found.edition  # type: ignore[attr-defined]
    access = access_of(found, viewer)
    context = {"presentation": found, "sight": sight, "access": access, "preview": not access.is_public}
    if not sight.is_open:
        context["open_already"] = open_already(found, request)
    return render(request, "sessions/page.html", context)
