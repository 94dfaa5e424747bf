"""What a person agreed to on one page, and taking it back: one button, also when nothing else can be changed any more."""

from uuid import UUID

from allauth.account.utils import get_next_redirect_url
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from conference.editions import edition_of
from registration.consents import consents_of
from registration.models import Question
from registration.services.answers import withdraw_consent
from registration.views.busy import answer_when_busy
from registration.views.person import latest_of, person
from sessions.models import Presentation
from sessions.services.practices import withdraw_practice


@never_cache
@login_required
@require_safe
def consents(request: HttpRequest) -> HttpResponse:
    context = {"consents": consents_of(person(request))}
    return render(request, "registration/attendee/consents.html", context)


@never_cache
@login_required
@require_POST
@answer_when_busy
def withdraw(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    where = edition_of(request, edition)
    registration = latest_of(request, where)
    if registration is None:
        raise Http404
    question = get_object_or_404(Question, pk=pk, edition=where, answers__registration=registration)
    if withdraw_consent(registration=registration, question=question):
        messages.success(request, _("Your consent is withdrawn."))
    back = get_next_redirect_url(request)
    return redirect(back) if back else redirect("registration:my_registration", edition)


@never_cache
@login_required
@require_POST
@answer_when_busy
def withdraw_own_practice(request: HttpRequest, guid: UUID) -> HttpResponse:
    mine = Presentation.objects.filter(is_practice=True, uploaded_by=person(request))
    withdraw_practice(practice=get_object_or_404(mine, guid=guid), by=person(request))
    messages.success(request, _("Your consent is withdrawn."))
    return redirect("registration:consents")
