"""Presence in a session by the facilitator's list, beside or instead of scans at the door of the room."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from conference import clock
from registration.exceptions import TooEarlyToBePresent
from registration.groups.access import led_or_404
from registration.presence.expected import lines_of, page_of, ticked
from registration.presence.opening import too_early_words
from registration.services.check_in import note_presence
from registration.views.busy import answer_when_busy
from registration.views.person import person


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@answer_when_busy
def presence(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    leading = led_or_404(request, edition, slug)
    lines = lines_of(leading)
    if request.method == "POST":
        present, absent = ticked(lines, request.POST)
        try:
            note_presence(session=leading.session, present=present, absent=absent, by=person(request))
        except TooEarlyToBePresent as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The list is saved."))
        return redirect(request.get_full_path())
    context = {
        "session": leading.session,
        "people": page_of(lines, request.GET),
        "asked": request.GET.get("q", "")[:200],
        "present": sum(line.check_in is not None for line in lines),
        "expected": len(lines),
        "too_early": too_early_words(leading.session, clock.now()),
    }
    return render(request, "registration/facilitator/presence.html", context)
