"""A person's own programme of an edition, and the secret address under which a calendar reads it."""

import hashlib

from allauth.account.utils import get_next_redirect_url
from allauth.core.ratelimit import respond_429
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from conference.editions import edition_of
from conference.limits import is_too_often
from conference.mail import absolute
from conference.middleware import has_session
from conference.models import Edition
from registration.kept_programme import everything_in
from registration.models import CalendarFeed
from registration.my_programme import agenda_of, slots_to_carry
from registration.services.calendar_feeds import end_feed, new_feed
from registration.views.busy import answer_when_busy
from registration.views.person import person
from sessions.exchange.calendar import calendar as as_calendar


@require_safe
def my_programme(request: HttpRequest, edition: str) -> HttpResponse:
    """Of an account from the database; of a browser from what it kept, which only its script can read."""
    where = edition_of(request, edition)
    if has_session(request) and request.user.is_authenticated:
        return own_programme(request, where)
    context = {"agenda": everything_in(where), "preview": not where.is_published}
    return render(request, "registration/attendee/kept_programme.html", context)


def own_programme(request: HttpRequest, edition: Edition) -> HttpResponse:
    user = person(request)
    feed = CalendarFeed.objects.filter(user=user).first()
    context = {
        "agenda": agenda_of(user, edition),
        "preview": not edition.is_published,
        "calendar_path": feed.get_absolute_url() if feed else "",
        "calendar_url": absolute(feed.get_absolute_url()) if feed else "",
    }
    response = render(request, "registration/attendee/my_programme.html", context)
    # A secret stands on this page. Not no-referrer: a form on it would come without its origin and be refused.
    response["Referrer-Policy"] = "same-origin"
    return response


@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Live: what the person stars and books, as it is released now. Who knows the address needs no log-in."""
    feeds = CalendarFeed.objects.filter(user__is_active=True).select_related("user")
    slots, waits = slots_to_carry(get_object_or_404(feeds, token=token).user)
    language = get_language() or settings.LANGUAGE_CODE
    content = as_calendar(slots, name=_("My programme"), language=language, waiting_for=waits)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-cache"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    response["ETag"] = etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    return get_conditional_response(request, etag, None, response) or response


@never_cache
@login_required
@require_POST
@answer_when_busy
def calendar_address(request: HttpRequest) -> HttpResponse:
    """`action` asks for an address, which ends the one before, or ends it."""
    if is_too_often(request, "calendar_address"):
        return respond_429(request)
    if request.POST.get("action") == "end":
        end_feed(user=person(request))
        messages.success(
            request, _("The calendar address is gone. Calendars that used it learn nothing new.")
        )
    else:
        new_feed(user=person(request))
        messages.success(request, _("Your calendar has a new address. No other address of yours works."))
    return redirect(get_next_redirect_url(request) or "registration:my_registrations")
