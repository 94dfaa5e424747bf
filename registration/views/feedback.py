"""Giving feedback, on the telephone and without script; and what people answered, for speakers and organisers."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conference import clock
from registration.exceptions import Refusal
from registration.feedback.access import Asked, asked_or_404, may_hide, may_read_results
from registration.feedback.asking import about_of, has_answered, is_asked_about, is_open, was_there
from registration.feedback.forms import FeedbackForm
from registration.feedback.results import of_one
from registration.figures.hiding import LEAST
from registration.models import FeedbackPlan, FeedbackQuestion
from registration.services.feedback import give_feedback, hide_text
from registration.tickets.codes import svg_of
from registration.views.busy import answer_when_busy
from registration.views.person import active_of


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@answer_when_busy
def feedback(request: HttpRequest, edition: str, slug: str | None = None) -> HttpResponse:
    """The questions, or why there are none now. Nothing limits how often one sends: a count would say when one did."""
    asked = asked_or_404(request, edition, slug)
    if not is_asked_about(asked.session):
        raise Http404
    questions = questions_of(asked)
    state = state_of(request, asked, asked.plan) if asked.plan and questions else "not asked"
    form = (
        FeedbackForm(request.POST if request.method == "POST" else None, questions=questions)
        if state == "open"
        else None
    )
    if form and request.method == "POST" and form.is_valid() and given(request, asked, form):
        return redirect(request.path)
    context = {"session": asked.session, "state": state, "form": form, "plan": asked.plan}
    status = 422 if form and form.errors else 200
    return render(request, "registration/feedback/give.html", context, status=status)


def questions_of(asked: Asked) -> list[FeedbackQuestion]:
    if asked.plan is None:
        return []
    return list(asked.plan.questions.filter(about=about_of(asked.session)))  # type: ignore[attr-defined]


def state_of(request: HttpRequest, asked: Asked, plan: FeedbackPlan) -> str:
    registration = active_of(request, asked.edition)
    if registration is None or not was_there(registration, asked.session):
        return "not there"
    if has_answered(plan, asked.session, registration):
        return "answered"
    if plan.is_over(clock.now()):
        return "over"
    return "open" if is_open(plan, asked.session) else "not yet"


def given(request: HttpRequest, asked: Asked, form: FeedbackForm) -> bool:
    registration = active_of(request, asked.edition)
    if registration is None or asked.plan is None:
        return False
    try:
        give_feedback(registration=registration, plan=asked.plan, session=asked.session, answers=form.answers)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return True


@never_cache
@login_required
@require_safe
def results(request: HttpRequest, edition: str, slug: str | None = None) -> HttpResponse:
    """With the code for the room, whatever was answered so far."""
    asked = readable_or_404(request, edition, slug)
    there, hide_url = addresses_of(asked)
    context = {
        "session": asked.session,
        "plan": asked.plan,
        "results": of_one(asked.plan, asked.session) if asked.plan else None,
        "least": LEAST,
        "address": settings.SITE_URL + there,
        "code": svg_of(settings.SITE_URL + there, label=_("QR code that leads to the questions")),
        "may_hide": may_hide(request),
        "hide_url": hide_url,
    }
    return render(request, "registration/feedback/results.html", context)


def addresses_of(asked: Asked) -> tuple[str, str]:
    """Of the questions, and of hiding a text."""
    if asked.session is None:
        where = [asked.edition.slug]
        names = ("registration:edition_feedback", "registration:hide_edition_feedback")
    else:
        where = [asked.edition.slug, asked.session.slug]
        names = ("registration:feedback", "registration:hide_feedback")
    return reverse(names[0], args=where), reverse(names[1], args=where)


def readable_or_404(request: HttpRequest, edition: str, slug: str | None) -> Asked:
    asked = asked_or_404(request, edition, slug)
    if not may_read_results(request, asked.session):
        raise Http404
    return asked


@login_required
@require_POST
@answer_when_busy
def hide(request: HttpRequest, edition: str, slug: str | None = None) -> HttpResponse:
    asked = readable_or_404(request, edition, slug)
    if asked.plan is None or not may_hide(request):
        raise Http404
    is_hidden = request.POST.get("show") != "yes"
    if not hide_text(
        plan=asked.plan, session=asked.session, key=request.POST.get("key", ""), is_hidden=is_hidden
    ):
        raise Http404
    if slug:
        return redirect("registration:feedback_results", edition, slug)
    return redirect("registration:edition_feedback_results", edition)
