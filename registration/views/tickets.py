"""A person's ticket: a page for the phone, its entry for the calendar, and the button for a new code."""

from allauth.core.ratelimit import respond_429
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from conference.editions import edition_of
from conference.limits import is_too_often
from registration.exceptions import Refusal
from registration.services import tickets
from registration.tickets.calendar import calendar_of, has_entry
from registration.tickets.codes import svg_of
from registration.views.busy import answer_when_busy
from registration.views.person import active_of, person


@never_cache
@login_required
@require_safe
def ticket(request: HttpRequest, edition: str) -> HttpResponse:
    """The service worker keeps it on the device; who has no place is told where they stand instead."""
    where = edition_of(request, edition)
    registration = active_of(request, where)
    if registration is None or not registration.is_confirmed:
        return redirect("registration:my_registration", where.slug)
    context = {
        "registration": registration,
        "code": svg_of(registration.ticket_code),
        "has_calendar": has_entry(where),
        "is_over": where.phase() == "after",
    }
    response = render(request, "registration/attendee/ticket.html", context)
    response["Referrer-Policy"] = "same-origin"  # as on every page with a secret and a form
    return response


@never_cache
@login_required
@require_safe
def ticket_calendar(request: HttpRequest, edition: str) -> HttpResponse:
    where = edition_of(request, edition)
    registration = active_of(request, where)
    if registration is None or not registration.is_confirmed or not has_entry(where):
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{where.slug}.ics"'}
    return HttpResponse(
        calendar_of(registration), content_type="text/calendar; charset=utf-8", headers=headers
    )


@never_cache
@login_required
@require_POST
@answer_when_busy
def reissue(request: HttpRequest, edition: str) -> HttpResponse:
    registration = active_of(request, edition_of(request, edition))
    if registration is None:
        raise Http404
    if is_too_often(request, "reissue_ticket"):
        return respond_429(request)
    try:
        tickets.reissue(registration=registration, by=person(request))
        messages.success(request, _("Your ticket has a new code. The one before is not valid any more."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("registration:ticket", edition)
