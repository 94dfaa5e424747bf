"""The shared form in which those who lead a session record what came of it; and the outcomes as a PDF for everyone."""

from allauth.core.ratelimit import respond_429
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from conference.editions import edition_of
from conference.limits import is_too_often
from registration.exceptions import Refusal
from registration.groups import outcomes as service
from registration.groups.access import Leading, led_or_404
from registration.groups.outcome_page import Section, sections_of, typed_in
from registration.groups.outcomes import Saved
from registration.groups.outcomes_pdf import Busy, pdf_of
from registration.views.busy import RETRY_AFTER, answer_when_busy
from registration.views.person import person
from sessions.files.names import content_disposition
from sessions.models import Session


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@answer_when_busy
def outcomes(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    leading = led_or_404(request, edition, slug)
    if request.method != "POST":
        return page(request, leading, sections_of(leading))
    if is_too_often(request, "outcomes"):
        return respond_429(request)
    if request.POST.get("take_back"):
        return taken_back(request, leading)
    sections = sections_of(leading, request.POST)
    if not all(form.is_valid() for section in sections for form in section.forms if form.is_bound):
        return page(request, leading, sections, status=422)
    return saved(request, leading, sections)


def page(
    request: HttpRequest, leading: Leading, sections: list[Section], *, status: int = 200
) -> HttpResponse:
    context = {"session": leading.session, "sections": sections, "status": status}
    return render(request, "registration/facilitator/outcomes.html", context, status=status)


def saved(request: HttpRequest, leading: Leading, sections: list[Section]) -> HttpResponse:
    """Keep what was typed; rows that somebody else changed meanwhile come back with both versions."""
    groups = {group for section in sections for group in section.group_ids}
    try:
        done = service.save_rows(
            session=leading.session, typed=typed_in(sections, request.POST), groups=groups, by=person(request)
        )
        if not done.conflicts and request.POST.get("hand_in"):
            service.hand_in(session=leading.session, groups=groups_asked(request, sections, "hand_in"))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return page(request, leading, sections, status=409)
    if done.conflicts:
        return page(request, leading, sections_of(leading, conflicts=done.conflicts), status=409)
    messages.success(request, notice_of(request, done))
    return redirect("registration:outcomes", leading.session.edition.slug, leading.session.slug)


def notice_of(request: HttpRequest, done: Saved) -> str:
    if request.POST.get("hand_in"):
        return _("Handed in. The organisers look at it, and you get a mail.")
    return _("Your changes are saved.") if done.changed else _("There was nothing to save.")


def groups_asked(request: HttpRequest, sections: list[Section], name: str) -> set[int | None]:
    """The groups of the section whose button was pressed, if one leads it."""
    asked = request.POST.get(name)
    return {group for section in sections if str(section.key) == asked for group in section.group_ids}


def taken_back(request: HttpRequest, leading: Leading) -> HttpResponse:
    groups = groups_asked(request, sections_of(leading), "take_back")
    try:
        service.take_back(session=leading.session, groups=groups)
        messages.success(request, _("These outcomes are drafts again. Hand them in when they are ready."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("registration:outcomes", leading.session.edition.slug, leading.session.slug)


@require_safe
def outcomes_pdf(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    """Public: what stands on the session's page, to take along."""
    where = edition_of(request, edition)
    session = get_object_or_404(Session.objects.published().filter(edition=where), slug=slug)
    session.edition = where
    rows = list(service.public_outcomes(session))
    if not rows:
        raise Http404
    try:
        content = pdf_of(session, rows)
    except Busy:
        return HttpResponse(status=503, headers={"Retry-After": str(RETRY_AFTER)})
    answer = HttpResponse(content, content_type="application/pdf")
    name = content_disposition(f"{where.slug}-{session.slug}.pdf")
    answer["Content-Disposition"] = name.replace("attachment", "inline", 1)
    answer["Cache-Control"] = "public, max-age=0, s-maxage=60"
    return answer
