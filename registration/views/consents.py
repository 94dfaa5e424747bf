"""Taking a consent back: one button, also when nothing else of a registration can be changed any more."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from conference.editions import edition_of
from registration.models import Question
from registration.services.answers import withdraw_consent
from registration.views.busy import answer_when_busy
from registration.views.person import latest_of


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
    return redirect("registration:my_registration", edition)
