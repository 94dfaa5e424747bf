"""The speaker's own desk: their sessions over all editions, and what they bring to them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from conference.limits import is_too_often
from sessions.exceptions import NoRoom, PresentationRefused
from sessions.forms import DetailsForm, NewPresentationForm, VersionForm
from sessions.models import Presentation, PresentationFile, Session
from sessions.services import presentations as service
from sessions.services.describing import describe
from sessions.views.desk_pages import managed, sessions_of, show_desk, show_management, wanted_status, zone_of

Status = PresentationFile.Status


@login_required
@require_GET
def speaker_desk(request: HttpRequest) -> HttpResponse:
    return show_desk(request)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_presentation(request: HttpRequest, session: UUID) -> HttpResponse:
    found = get_object_or_404(sessions_of(request.viewer), guid=session)  # type: ignore[attr-defined]
    request.edition = found.edition  # type: ignore[attr-defined]
    blank = Presentation(session=found, edition=found.edition, language=found.language or get_language())
    with timezone.override(found.edition.zone):
        form = NewPresentationForm(request.POST or None, request.FILES or None, instance=blank)
        status = 200
        if request.method == "POST":
            added: list[Presentation] = []
            status = attempt(request, form, lambda: added.append(add(request, found, form)))
            if added:
                return redirect(after_adding(request, added[0]))
        context = {"form": form, "session": found}
        return answer(render(request, "sessions/desk/add_presentation.html", context, status=status))


def add(request: HttpRequest, session: Session, form: NewPresentationForm) -> Presentation:
    status = wanted_status(request)
    added = service.add_presentation(
        session=session,
        by=request.user,
        status=status,
        **form.source(),
        **form.details(),  # type: ignore[misc]
    )
    messages.success(request, thanks(status))
    return added


def after_adding(request: HttpRequest, added: Presentation) -> str:
    """To its own page, where one sees how far it is; of several at once, to all of them."""
    if "several" in request.POST:
        return reverse("sessions:speaker_desk")
    return reverse("sessions:manage_presentation", args=[added.guid])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def manage_presentation(request: HttpRequest, guid: UUID) -> HttpResponse:
    presentation = get_object_or_404(managed(request.viewer), guid=guid)  # type: ignore[attr-defined]
    with timezone.override(zone_of(presentation)):
        sent = request.POST.get("form", "version") if request.method == "POST" else ""
        details = DetailsForm(request.POST if sent == "details" else None, instance=presentation)
        version = VersionForm(*((request.POST, request.FILES) if sent == "version" else ()))
        status = 200
        if sent == "details":
            status = attempt(request, details, lambda: change(request, details), limit="own_words")
        elif sent:
            status = attempt(request, version, lambda: replace(request, presentation, version))
        if not status:
            return redirect("sessions:manage_presentation", guid)
        return answer(show_management(request, guid, details=details, version=version, status=status))


def change(request: HttpRequest, form: DetailsForm) -> None:
    describe(presentation=form.instance, **form.values_and_labels(), replaces=True, is_by_speaker=True)
    messages.success(request, _("Your changes are saved."))


def replace(request: HttpRequest, presentation: Presentation, form: VersionForm) -> None:
    status = wanted_status(request)
    service.add_version(presentation=presentation, by=request.user, status=status, **form.source())  # type: ignore[arg-type]
    messages.success(request, thanks(status))


@login_required
@require_POST
def submit_version(request: HttpRequest, guid: UUID) -> HttpResponse:
    presentation = get_object_or_404(managed(request.viewer), guid=guid)  # type: ignore[attr-defined]
    version = presentation.versions.order_by("-number").first()
    try:
        if version:
            service.submit_version(version=version)
            messages.success(request, thanks(Status.SUBMITTED))
    except PresentationRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("sessions:manage_presentation", guid)


def attempt(
    request: HttpRequest,
    form: forms.BaseForm,
    step: Callable[[], Any],
    *,
    limit: str = "upload",
    key: str = "",
) -> int:
    """Take the step if the form allows; the status of the page that shows what is wrong, 0 when all is well."""
    if not form.is_valid():
        return 422
    if is_too_often(request, limit, key=key):
        form.add_error(None, _("That was very often in one hour. Please wait a while, then send it again."))
        return 429
    try:
        step()
    except NoRoom as refusal:
        form.add_error("file", str(refusal))
        return 507
    except PresentationRefused as refusal:
        form.add_error("file" if form.files else "link", str(refusal))
        return 422
    return 0


def answer(response: HttpResponse) -> HttpResponse:
    if response.status_code == 429:
        response["Retry-After"] = "3600"
    return response


def thanks(status: str) -> str:
    if status == Status.DRAFT:
        return _("Kept as a draft. Submit it when it is ready.")
    return _("Thank you. The organisers look at it, and you get a mail.")
