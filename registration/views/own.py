"""A person's own registrations: what they have, change it, and give it back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from conference.editions import edition_of
from registration.changes.deadlines import deadline_words, own_changes_open
from registration.changes.own_page import changes_of, fee_of
from registration.exceptions import ChangesClosed, OptionFull, OptionGone, Refusal
from registration.forms import ChangeForm
from registration.models import Registration
from registration.my_page import kept_invoices_of, visits_of, with_bookings
from registration.panels import choices_of, workshops_for
from registration.places import takes_bookings
from registration.questions.answers import lines_of
from registration.services import registering
from registration.views.busy import answer_when_busy
from registration.views.person import active_of, latest_of, person, registrations_of


@never_cache
@login_required
def my_registrations(request: HttpRequest) -> HttpResponse:
    """All of mine, over all editions: registrations, workshops, certificates and presentations."""
    registrations = registrations_of(request).select_related("edition").prefetch_related(with_bookings())
    visits = visits_of(person(request), request.viewer, registrations)  # type: ignore[attr-defined]
    context = {"visits": visits, "invoices": kept_invoices_of(person(request))}
    return render(request, "registration/attendee/my_registrations.html", context)


@never_cache
@login_required
def my_registration(request: HttpRequest, edition: str) -> HttpResponse:
    """Where I stand, what happens next, and my workshops."""
    where = edition_of(request, edition)
    registration = latest_of(request, where)
    if registration is None:
        return redirect("registration:register", where.slug)
    workshops = workshops_for(registration) if registration.is_confirmed else []
    choices = choices_of(registration, workshops) if workshops else []
    context = {
        "registration": registration,
        "has_workshops": bool(choices),
        "mine": [choice for choice in choices if choice.booking],
        "others": [choice for choice in choices if not choice.booking],
        "can_choose": takes_bookings(where) and own_changes_open(registration),
        "is_over": where.phase() == "after",
        "changes": changes_of(registration) if registration.is_active else None,
        "fee": fee_of(registration),
        "lines": lines_of(registration),
    }
    return render(request, "registration/attendee/my_registration.html", context)


@never_cache
@login_required
@sensitive_post_parameters()
@answer_when_busy
def edit(request: HttpRequest, edition: str) -> HttpResponse:
    """What was typed stays on the page when the moment has passed meanwhile."""
    registration = mine_or_404(request, edition)
    if request.method != "POST" and not own_changes_open(registration):
        return too_late(request, registration)
    form = ChangeForm(request.POST or None, registration=registration)
    if form.is_valid() and changed(request, registration, form):
        return redirect("registration:my_registration", edition)
    return render(request, "registration/attendee/edit.html", {"form": form, "registration": registration})


def changed(request: HttpRequest, registration: Registration, form: ChangeForm) -> bool:
    """Whether there is nothing left to correct; an answer that became full meanwhile is shown where it was given."""
    try:
        registering.update_registration(registration=registration, given=form.given_answers, **form.details())
    except OptionFull as refusal:
        form.tell(refusal)
        return False
    except (ChangesClosed, OptionGone) as refusal:
        form.add_error(None, str(refusal))
        return False
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your details are changed."))
    return True


def mine_or_404(request: HttpRequest, edition: str) -> Registration:
    registration = active_of(request, edition_of(request, edition))
    if registration is None:
        raise Http404
    return registration


@never_cache
@login_required
@answer_when_busy
def cancel(request: HttpRequest, edition: str) -> HttpResponse:
    """A page with a button; only the button cancels, and not after the deadline."""
    registration = mine_or_404(request, edition)
    if not own_changes_open(registration):
        return too_late(request, registration)
    if request.method == "POST":
        try:
            registering.cancel_registration(registration=registration)
            messages.success(request, _("Your registration is cancelled."))
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect("registration:my_registration", edition)
    bookings = registration.bookings.active().select_related("workshop")
    context = {
        "registration": registration,
        "bookings": bookings,
        "deadline": deadline_words(registration),
        "fee": fee_of(registration),
    }
    return render(request, "registration/attendee/cancel.html", context)


def too_late(request: HttpRequest, registration: Registration) -> HttpResponse:
    messages.info(request, deadline_words(registration))
    return redirect("registration:my_registration", registration.edition.slug)
