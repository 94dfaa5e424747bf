"""Registering in one page: for whoever has no account, it opens one on the way."""

from typing import Any

from allauth.account.utils import get_next_redirect_url
from allauth.core.ratelimit import respond_429
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from conference import clock
from conference.accounts.exceptions import AddressKnown
from conference.accounts.services import open_account, tell_owner
from conference.accounts.welcome import neutral_page, welcome
from conference.content import say_changed
from conference.editions import edition_of
from conference.kept_forms import kept_for_strangers
from conference.limits import is_too_often
from conference.mail.batches import one_batch
from conference.models import Edition, User
from conference.turns import one_by_one, read_anew, writing
from registration.exceptions import AlreadyRegistered, Refusal, RegistrationClosed
from registration.forms import MemberForm, NewcomerForm
from registration.models import Registration, RegistrationType
from registration.offers import Offer, names_of_full, offers_known, open_offers
from registration.services import registering
from registration.views.busy import answer_when_busy
from registration.views.person import active_of, person


@never_cache
@sensitive_post_parameters()
@answer_when_busy
@one_by_one
@kept_for_strangers
def register(request: HttpRequest, edition: str) -> HttpResponse:
    """The one page; sending it gives a place, or asks first when there is only one on the waiting list."""
    return answered(request, edition_of(request, edition))


@never_cache
@sensitive_post_parameters()
@answer_when_busy
@one_by_one
def register_invited(request: HttpRequest, edition: str, key: str) -> HttpResponse:
    """The same page under a secret address, for the kind it invites to; the address leaks nowhere."""
    where = edition_of(request, edition)
    request.invitation = get_object_or_404(  # type: ignore[attr-defined]
        where.registration_types.filter(for_whom=RegistrationType.ForWhom.INVITED), invitation_key=key
    )
    answer = answered(request, where)
    # Never the key; but "no-referrer" would also take away the Origin, without which the form is refused.
    answer["Referrer-Policy"] = "strict-origin"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def answered(request: HttpRequest, edition: Edition) -> HttpResponse:
    form = form_for(request, edition) if request.method == "POST" else None
    if form and form.is_valid():
        with one_batch(request.site):  # of two mails, if it opens an account
            return sent(request, edition, form)
    return asked(request, edition, form)


def asked(
    request: HttpRequest,
    edition: Edition,
    form: MemberForm | NewcomerForm | None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    """The form, unless they are registered already; who sends it is not asked about before, but under the lock."""
    mine = active_of(request, edition) if request.user.is_authenticated else None
    if mine:
        return already_registered(request, mine)
    return shown(request, edition, form or form_for(request, edition), refusal)


def form_for(request: HttpRequest, edition: Edition) -> MemberForm | NewcomerForm:
    data = request.POST if request.method == "POST" else None
    known = offers_to(request, edition)
    kinds: Any = {
        "edition": edition,
        "offers": open_offers(known),
        "types": [offer.type for offer in known],
    }
    if request.user.is_authenticated:
        return MemberForm(data, user=request.user, **kinds)
    return NewcomerForm(data, **kinds)


def offers_to(request: HttpRequest, edition: Edition) -> list[Offer]:
    """What there is for whoever asks, open or not; an invitation shows what it invites to and nothing else."""
    invitation = invitation_of(request)
    key = invitation.invitation_key if invitation else ""
    known = offers_known(edition, user=request.user, invitation_key=key)
    return [offer for offer in known if invitation is None or offer.type == invitation]


def invitation_of(request: HttpRequest) -> RegistrationType | None:
    return getattr(request, "invitation", None)


def shown(
    request: HttpRequest, edition: Edition, form: MemberForm | NewcomerForm, refusal: Refusal | None = None
) -> HttpResponse:
    """The form as things stand now, or, when nobody can register, why."""
    offers = open_offers(offers_to(request, edition)) if refusal else form.offers
    if refusal:
        form.tell(refusal)
    context = {
        "form": form,
        "offers": offers,
        "full_types": names_of_full(offers),
        "is_full": bool(offers) and all(offer.is_full for offer in offers),
        "is_asking": bool(offers) and all(offer.type.needs_approval for offer in offers),
        "is_free": not any(offer.type.fee_amount or offer.type.changes_close_at for offer in offers),
        "invitation": invitation_of(request),
        "closing": closing_of(edition, offers),
        "refusal": refusal,
        "next": get_next_redirect_url(request) or "",
        "here": request.get_full_path(),
    }
    return render(request, "registration/attendee/register.html", context)


def closing_of(edition: Edition, offers: list[Offer]) -> str:
    """Why nobody can register now: over, not on this site, not yet, or no more; empty while it is open."""
    now = clock.now()
    if edition.phase(now) == "after" and not edition.registration_is_open(now):
        return "over"
    if not edition.registration_closes_at:
        return "elsewhere"
    if now >= edition.registration_closes_at:
        return "closed"
    if edition.registration_opens_at and now < edition.registration_opens_at:
        return "later"
    return "" if offers else "closed"


def sent(request: HttpRequest, edition: Edition, form: MemberForm | NewcomerForm) -> HttpResponse:
    """Account and registration in one step; whatever refuses it leaves nothing behind."""
    is_new = not request.user.is_authenticated
    if is_new and is_too_often(request, "signup"):
        return respond_429(request)
    try:
        with writing():
            registration = enter(request, form)
            say_changed(request, edition)
    except AddressKnown:
        tell_owner(email=form.cleaned_data["email"], next_path=request.get_full_path())
        return neutral_page(request)
    except AlreadyRegistered as refusal:
        messages.info(request, str(refusal))
        return redirect("registration:my_registration", edition.slug)
    except Refusal as refusal:
        read_anew()
        return asked(request, edition, form, refusal)
    if is_new:
        welcome(request, registration.user)
    return done(request, registration)


def enter(request: HttpRequest, form: MemberForm | NewcomerForm) -> Registration:
    if request.user.is_authenticated:
        return place_for(person(request), request, form)
    with transaction.atomic():
        return place_for(new_user(form), request, form)


def place_for(user: User, request: HttpRequest, form: MemberForm | NewcomerForm) -> Registration:
    kind = form.chosen_type
    if kind is None:
        raise RegistrationClosed
    invitation = invitation_of(request)
    return registering.register(
        user=user,
        registration_type=kind,
        invitation_key=invitation.invitation_key if invitation else "",
        country=form.cleaned_data.get("country") or str(user.country),
        consent_version=form.consent_version,
        may_wait=str(kind.pk) in request.POST.get("waiting_ok", "").split(","),
        given=form.given_answers,
        **form.registration_answers(),
    )


def new_user(form: MemberForm | NewcomerForm) -> User:
    answers = {field: form.cleaned_data[field] for field in ("name", "email", "country", "password")}
    return open_account(**answers, language=get_language() or "en", consent_version=form.consent_version)


def done(request: HttpRequest, registration: Registration) -> HttpResponse:
    """To where the visitor came from, if the place is theirs; else to what happens next."""
    edition = registration.edition
    if registration.is_confirmed:
        messages.success(request, _("You are registered for %(edition)s.") % {"edition": edition.short_title})
        if next_path := get_next_redirect_url(request):
            return redirect(next_path)
    elif registration.is_waiting:
        messages.info(request, _("You are on the waiting list."))
    else:
        messages.info(request, _("The organisers have your registration. They decide, and write to you."))
    return redirect("registration:my_registration", edition.slug)


def already_registered(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Nothing to fill in any more; who came from somewhere goes back there."""
    next_path = get_next_redirect_url(request)
    if request.method == "POST":
        messages.info(request, str(AlreadyRegistered()))
        return redirect("registration:my_registration", registration.edition.slug)
    if next_path and registration.is_confirmed:
        return redirect(next_path)
    return render(request, "registration/attendee/already.html", {"registration": registration})
