"""Take a place in a workshop and give it back."""

from allauth.account.utils import get_next_redirect_url
from allauth.core.ratelimit import respond_429
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from conference.content import say_changed
from conference.editions import edition_of
from conference.limits import is_too_often
from conference.turns import one_by_one, writing
from registration.emails import position_of
from registration.exceptions import BecameFull, Refusal, WorkshopClash
from registration.forms import BookingForm
from registration.models import Registration, WorkshopBooking
from registration.panels import choices_of, register_url
from registration.places import takes_bookings
from registration.services import booking as bookings
from registration.views.busy import answer_when_busy
from registration.views.person import active_of, person
from sessions.models import Workshop


@never_cache
@require_POST
@answer_when_busy
@one_by_one
def book(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    """Take a place, or ask first: for a waiting place nobody spoke of, or for one at the same time."""
    workshop = known_workshop(request, edition, slug)
    if not request.user.is_authenticated:
        return redirect_to_login(workshop.get_absolute_url())
    if is_too_often(request, "book_workshop"):
        return respond_429(request)
    registration = active_of(request, workshop.edition)
    if registration is None:
        return redirect(register_url(workshop.edition, workshop.get_absolute_url()))
    return booked(request, registration, workshop)


def known_workshop(request: HttpRequest, edition: str, slug: str) -> Workshop:
    """Also a cancelled one, so that the answer says so."""
    where = edition_of(request, edition)
    workshop = get_object_or_404(Workshop.objects.known().filter(edition=where), slug=slug)
    workshop.edition = where
    return workshop


def booked(request: HttpRequest, registration: Registration, workshop: Workshop) -> HttpResponse:
    form = BookingForm(request.POST, registration=registration)
    answers = form.cleaned_data if form.is_valid() else {}
    give_back = answers.get("give_back", [])
    try:
        with writing():
            place = bookings.book_workshop(
                registration=registration,
                workshop=workshop,
                give_back=give_back,
                may_wait=answers.get("waiting_ok", False),
            )
            say_changed(request, workshop.edition)
    except (BecameFull, WorkshopClash) as question:
        return asked(request, registration, workshop, question, give_back)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, notice_of(place))
    return back(request, workshop)


def asked(
    request: HttpRequest,
    registration: Registration,
    workshop: Workshop,
    question: BecameFull | WorkshopClash,
    give_back: list[WorkshopBooking],
) -> HttpResponse:
    """Nothing is changed yet; the page says what stands in the way and offers the way round it."""
    clashes = question.bookings if isinstance(question, WorkshopClash) else []
    context = {
        "question": question,
        "choice": choices_of(registration, [workshop])[0],
        "give_back": [*give_back, *clashes],
        "next": get_next_redirect_url(request) or "",
    }
    return render(request, "registration/attendee/question.html", context, status=409)


def notice_of(place: WorkshopBooking) -> str:
    title = place.workshop.title
    if place.is_confirmed:
        return _("You have a place in “%(title)s”.") % {"title": title}
    text = _("You are number %(position)s on the waiting list of “%(title)s”.")
    return text % {"position": position_of(place), "title": title}


@never_cache
@login_required
@answer_when_busy
def give_back(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    """A page with a button; only the button gives the place back."""
    where = edition_of(request, edition)
    mine = WorkshopBooking.objects.filter(registration__user=person(request), workshop__edition=where)
    booking = mine.active().filter(workshop__slug=slug).select_related("workshop").first()
    if booking is None or not takes_bookings(where):
        get_object_or_404(mine.filter(workshop__slug=slug)[:1])  # never had one: nothing is here
        messages.info(request, _("There is nothing to give back any more."))
        return redirect("registration:my_registration", where.slug)
    if request.method != "POST":
        return render(request, "registration/attendee/give_back.html", {"booking": booking})
    if is_too_often(request, "book_workshop"):
        return respond_429(request)
    try:
        bookings.cancel_booking(booking=booking)
        messages.success(request, _("You gave back “%(title)s”.") % {"title": booking.workshop.title})
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return back(request, booking.workshop)


def back(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    """To the page the button stood on."""
    own_page = reverse("registration:my_registration", args=[workshop.edition.slug])
    return redirect(get_next_redirect_url(request) or own_page)
