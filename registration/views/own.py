"""A person's own registrations: what they have, change it, and give it back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from conference.editions import edition_of
from conference.models import Edition
from registration.forms import ChangeForm
from registration.models import Registration
from registration.panels import choices_of, workshops_for
from registration.places import takes_bookings
from registration.services import registering
from registration.views.busy import answer_when_busy


@never_cache
@login_required
def my_registrations(request: HttpRequest) -> HttpResponse:
    """All of mine, over all editions."""
    registrations = request.user.registrations.with_position().select_related("edition", "registration_type")
    return render(
        request, "registration/attendee/my_registrations.html", {"registrations": list(registrations)}
    )


@never_cache
@login_required
def my_registration(request: HttpRequest, edition: str) -> HttpResponse:
    """Where I stand, what happens next, and my workshops."""
    where = edition_of(request, edition)
    registration = latest_of(request, where)
    if registration is None:
        return redirect("registration:register", where.slug)
    choices = choices_of(registration, workshops_for(registration)) if registration.is_confirmed else []
    context = {
        "registration": registration,
        "has_workshops": bool(choices),
        "mine": [choice for choice in choices if choice.booking],
        "others": [choice for choice in choices if not choice.booking],
        "can_choose": takes_bookings(where),
        "is_over": where.phase() == "after",
    }
    return render(request, "registration/attendee/my_registration.html", context)


def latest_of(request: HttpRequest, edition: Edition) -> Registration | None:
    """The one that counts: the active one, else the one cancelled last."""
    mine = request.user.registrations.filter(edition=edition).with_position()
    mine = mine.select_related("registration_type").order_by("-pk")
    return mine.active().first() or mine.first()


def active_of(request: HttpRequest, edition: Edition) -> Registration:
    mine = request.user.registrations.active().filter(edition=edition)
    registration = get_object_or_404(mine.select_related("registration_type"))
    registration.edition = edition
    return registration


@never_cache
@login_required
@sensitive_post_parameters("dietary_needs", "access_needs")
@answer_when_busy
def edit(request: HttpRequest, edition: str) -> HttpResponse:
    registration = active_of(request, edition_of(request, edition))
    form = ChangeForm(request.POST or None, registration=registration)
    if form.is_valid():
        registering.update_registration(registration=registration, **form.cleaned_data)
        messages.success(request, _("Your details are changed."))
        return redirect("registration:my_registration", edition)
    return render(request, "registration/attendee/edit.html", {"form": form, "registration": registration})


@never_cache
@login_required
@answer_when_busy
def cancel(request: HttpRequest, edition: str) -> HttpResponse:
    """A page with a button; only the button cancels."""
    where = edition_of(request, edition)
    if request.method == "POST":
        registering.cancel_registration(registration=active_of(request, where))
        messages.success(request, _("Your registration is cancelled."))
        return redirect("registration:my_registration", where.slug)
    registration = latest_of(request, where)
    if registration is None or not registration.is_active:
        return redirect("registration:my_registration", where.slug)
    bookings = registration.bookings.active().select_related("workshop")
    context = {"registration": registration, "bookings": bookings}
    return render(request, "registration/attendee/cancel.html", context)
