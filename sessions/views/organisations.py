"""The page of an organisation over all editions."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from conference.models import Organisation
from sessions.organisation_page import may_see, shown_members, years_of


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """Public once it is part of a public programme; until then nobody can spread words by it."""
    found = Organisation.objects.known_as(slug)
    if found is None:
        raise Http404
    viewer = request.viewer  # type: ignore[attr-defined]
    years, members = years_of(found, viewer), shown_members(found)
    if not years and not may_see(found, viewer, members):
        raise Http404
    if found.slug != slug:  # merged meanwhile
        return redirect("sessions:organisation", found.slug, permanent=True)
    context = {"organisation": found, "years": years, "members": members, "is_public": bool(years)}
    return render(request, "sessions/organisation.html", context)
