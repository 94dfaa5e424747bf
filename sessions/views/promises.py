"""Speakers say when the presentation of a session comes, or that there will be none."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sessions.forms.promise import PromiseForm
from sessions.models import Session
from sessions.views.desk_pages import sessions_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def promise_presentations(request: HttpRequest, session: UUID) -> HttpResponse:
    own = sessions_of(request.viewer).filter(status__in=Session.PLANNABLE)  # type: ignore[attr-defined]
    found = get_object_or_404(own, guid=session)
    request.edition = found.edition  # type: ignore[attr-defined]
    form = PromiseForm(request.POST if request.method == "POST" else None, session=found)
    if request.method == "POST" and form.keep():
        messages.success(request, _("Thank you. The organisers know it now."))
        return redirect("sessions:speaker_desk")
    context = {"form": form, "session": found}
    return render(request, "sessions/desk/promise.html", context, status=422 if form.is_bound else 200)
