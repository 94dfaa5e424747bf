"""Hand one's registration to a colleague, and take one over by the mailed link."""

from allauth.account.models import EmailAddress
from allauth.account.utils import perform_login
from allauth.core.ratelimit import respond_429
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from conference import clock
from conference.accounts.exceptions import AddressKnown
from conference.accounts.services import open_account, owner_of
from conference.limits import is_too_often
from conference.models import User
from registration.changes.deadlines import deadline_words
from registration.changes.own_page import fee_of, fee_to_take_over, offer_of
from registration.claims.exceptions import ClaimSpent, LogInFirst, NoHandingOver
from registration.claims.forms import ColleagueForm, MemberTakeOverForm, NewcomerTakeOverForm, TakeOverForm
from registration.exceptions import ChangesClosed, Refusal
from registration.models import Claim, Registration
from registration.services import claims
from registration.views.busy import answer_when_busy
from registration.views.own import mine_or_404
from registration.views.person import person

page = require_http_methods(["GET", "HEAD", "POST"])


# --- Handing over ------------------------------------------------------------------------------------------------


@never_cache
@login_required
@page
@answer_when_busy
def hand_over(request: HttpRequest, edition: str) -> HttpResponse:
    """A page that asks to whom; until they come everything stays as it is, and the offer can be withdrawn."""
    registration = mine_or_404(request, edition)
    try:
        claims.check_handing_over(registration, registration.registration_type, clock.now())
    except NoHandingOver as refusal:
        raise Http404 from refusal
    except ChangesClosed as refusal:
        messages.info(request, str(refusal))
        return redirect("registration:my_registration", edition)
    form = ColleagueForm(request.POST if request.POST.get("step") == "offer" else None)
    if request.method == "POST" and (request.POST.get("step") == "withdraw" or form.is_valid()):
        return handed(request, registration, form)
    context = {
        "form": form,
        "registration": registration,
        "claim": offer_of(registration),
        "fee": fee_of(registration),
        "deadline": deadline_words(registration),
    }
    return render(request, "registration/attendee/hand_over.html", context)


def handed(request: HttpRequest, registration: Registration, form: ColleagueForm) -> HttpResponse:
    if is_too_often(request, "colleagues"):
        return respond_429(request)
    try:
        if request.POST.get("step") == "withdraw":
            claims.withdraw(registration=registration, by=person(request))
            messages.success(request, _("The offer is withdrawn; the link no longer works."))
        else:
            claims.hand_over(registration=registration, **form.cleaned_data)
            messages.success(
                request, _("The mail is on its way. The registration stays yours until it is taken over.")
            )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("registration:hand_over", registration.edition.slug)


# --- Taking over -------------------------------------------------------------------------------------------------


@page
@sensitive_post_parameters()
@answer_when_busy
def claim(request: HttpRequest, token: str) -> HttpResponse:
    """Following the link changes nothing; its button does."""
    try:
        response = claimed(request, token) if request.method == "POST" else shown(request, token)
    except ClaimSpent:
        response = spent(request, token)
    add_never_cache_headers(response)
    # Never the token; but "no-referrer" would also take away the Origin, without which the button is refused.
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def spent(request: HttpRequest, token: str) -> HttpResponse:
    """Who pressed twice is led to what is theirs; to everybody else all dead links look the same."""
    if request.user.is_authenticated and len(token) < 200:
        done = Claim.objects.filter(
            token_hash=claims.hash_of(token), claimed_at__isnull=False, registration__user=request.user
        )
        if mine := done.select_related("registration__edition").first():
            return redirect("registration:my_registration", mine.registration.edition.slug)
    return render(request, "registration/attendee/claim_spent.html", status=410)


def shown(
    request: HttpRequest, token: str, form: TakeOverForm | None = None, refusal: Refusal | None = None
) -> HttpResponse:
    found = claims.usable_claim(token)
    owner = owner_of(found.email)
    is_in = request.user.is_authenticated
    context = {
        "claim": found,
        "registration": found.registration,
        "where": found.registration.edition,
        "fee": fee_to_take_over(found.registration),
        "form": form or form_for(request, found),
        "refusal": refusal,
        "is_own": is_in and request.user.pk == found.registration.user_id,
        # Only who reads the mail of the address gets here.
        "other_account": is_in and owner is not None and owner.pk != request.user.pk,
        "has_account": not is_in and owner is not None,
        "login_url": f"{reverse('account_login')}?{urlencode({'next': request.path})}",
    }
    return render(request, "registration/attendee/claim.html", context, status=422 if refusal else 200)


def form_for(request: HttpRequest, found: Claim) -> TakeOverForm:
    data = request.POST if request.method == "POST" else None
    if request.user.is_authenticated:
        return MemberTakeOverForm(data, registration=found.registration, user=person(request))
    return NewcomerTakeOverForm(data, registration=found.registration, name=found.name)


def claimed(request: HttpRequest, token: str) -> HttpResponse:
    if is_too_often(request, "claim"):
        return respond_429(request)
    found = claims.usable_claim(token)
    form = form_for(request, found)
    if not form.is_valid():
        return shown(request, token, form)
    is_new = not request.user.is_authenticated
    try:
        registration = enter(request, token, found, form)
    except ClaimSpent:
        raise
    except Refusal as refusal:
        form.tell(refusal)
        return shown(request, token, form, refusal)
    if is_new:
        # The adapter then leaves out its own notices.
        request.is_welcome = True  # type: ignore[attr-defined]
        user = registration.user
        perform_login(request, user, email_verification="none", signup=True, email=user.email)
    messages.success(request, _("This registration is yours now."))
    return redirect("registration:my_registration", registration.edition.slug)


@transaction.atomic
def enter(request: HttpRequest, token: str, found: Claim, form: TakeOverForm) -> Registration:
    """Account, consent, answers and the place in one step; whatever refuses it leaves nothing behind."""
    owner = owner_of(found.email)
    if owner is not None and owner.pk != request.user.pk:
        raise LogInFirst
    return claims.take_over(
        token=token,
        user=person(request) if request.user.is_authenticated else new_user(found.email, form),
        given=form.given_answers,
        consent_version=form.consent_version,
        **form.details(),
    )


def new_user(email: str, form: TakeOverForm) -> User:
    """With the address that the mail has proven."""
    facts = {field: form.cleaned_data[field] for field in ("name", "country", "password")}
    try:
        user = open_account(
            email=email, language=get_language() or "en", consent_version=form.consent_version, **facts
        )
    except AddressKnown as known:
        raise LogInFirst from known
    EmailAddress.objects.filter(user=user, email=email).update(verified=True)
    return user
