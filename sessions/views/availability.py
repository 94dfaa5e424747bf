"""A speaker says when they can be at an edition; organisers see where the draft of the timetable does not fit."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from conference.models import Edition
from sessions.forms.availability import AvailabilityForm
from sessions.models import Session
from speakers.exceptions import TooManyTimes
from speakers.models import Availability, Speaker
from speakers.services.availability import add_availability, remove_availability

LARGEST_KEY = 2**63 - 1


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def availability(request: HttpRequest, edition: str) -> HttpResponse:
    speaker, where = own_place_or_404(request, edition)
    with timezone.override(where.zone):
        form = AvailabilityForm(request.POST if is_adding(request) else None)
        if request.method == "POST" and take_step(request, form, speaker, where):
            return redirect("sessions:availability", where.slug)
        times = Availability.objects.filter(speaker=speaker, edition=where)
        context = {"form": form, "edition": where, "times": times}
        status = 422 if form.is_bound else 200
        return render(request, "sessions/desk/availability.html", context, status=status)


def own_place_or_404(request: HttpRequest, slug: str) -> tuple[Speaker, Edition]:
    """The speaker behind this account and an edition in which they appear."""
    speaker = get_object_or_404(Speaker, user=request.user.pk)
    theirs = Session.objects.plannable().filter(appearances__speaker=speaker)
    where = get_object_or_404(Edition.objects.filter(pk__in=theirs.values("edition")), slug=slug)
    request.edition = where  # type: ignore[attr-defined]
    return speaker, where


def is_adding(request: HttpRequest) -> bool:
    return request.method == "POST" and "remove" not in request.POST


def take_step(request: HttpRequest, form: AvailabilityForm, speaker: Speaker, edition: Edition) -> bool:
    """Remove what was asked for, or add what was entered; False: the page says why not."""
    if not is_adding(request):
        asked = request.POST["remove"]
        key = int(asked) if asked.isdecimal() and len(asked) < 20 else 0
        remove_availability(speaker=speaker, edition=edition, pk=min(key, LARGEST_KEY))
        messages.success(request, _("The time is removed."))
        return True
    if not form.is_valid():
        return False
    try:
        add_availability(speaker=speaker, edition=edition, **form.cleaned_data)
    except TooManyTimes as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("The time is added."))
    return True
