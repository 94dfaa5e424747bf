"""The buttons of the board: promises in bulk, reminders' moments, upload links; each step is a service's."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conference.admin.base import person
from conference.models import Edition
from sessions.collecting.links import revoke_link
from sessions.collecting.mails import send_link
from sessions.collecting.moments import add_moment, remove_moment
from sessions.collecting.promising import expect_again, expect_none, promise
from sessions.exceptions import PromiseRefused
from sessions.forms.slides import BulkForm, ReminderForm
from sessions.models import Session, UploadLink
from speakers.models import Speaker


def bulk(model_admin: Any, request: HttpRequest, edition: Edition) -> dict[str, Any]:
    """Answers the form that says what is wrong; nothing if it was done."""
    form = BulkForm(request.POST)
    sessions = list(Session.objects.filter(edition=edition, pk__in=keys(request.POST.getlist("session"))))
    if not sessions:
        model_admin.message_user(request, _("Choose at least one session."), messages.WARNING)
        return {"bulk": form}
    if not form.is_valid():
        return {"bulk": form}
    try:
        words = done_with(form, sessions)
    except PromiseRefused as refusal:
        form.add_error("day", str(refusal))
        return {"bulk": form}
    for session in sessions:
        model_admin.log_change(request, session, words)
    count = ngettext("%(count)s session changed.", "%(count)s sessions changed.", len(sessions))
    model_admin.message_user(request, count % {"count": len(sessions)}, messages.SUCCESS)
    return {}


def done_with(form: BulkForm, sessions: list[Session]) -> str:
    step, day = form.cleaned_data["step"], form.cleaned_data["day"]
    if step == BulkForm.PROMISED:
        promise(sessions=sessions, day=day)
        return _("Presentations promised for %(day)s.") % {"day": day}
    if step == BulkForm.NONE:
        expect_none(sessions=sessions)
        return _("No presentation is expected.")
    expect_again(sessions=sessions)
    return _("Presentations are expected.")


def add_reminder(model_admin: Any, request: HttpRequest, edition: Edition) -> dict[str, Any]:
    form = ReminderForm(request.POST, edition=edition)
    if not form.is_valid():
        return {"reminder": form}
    reminder = add_moment(edition=edition, at=form.cleaned_data["at"])
    model_admin.log_change(request, edition, f"{reminder}")
    model_admin.message_user(request, _("Saved."), messages.SUCCESS)
    return {}


def remove_reminder(model_admin: Any, request: HttpRequest, edition: Edition) -> dict[str, Any]:
    for pk in keys([request.POST.get("reminder", "")]):
        if remove_moment(edition=edition, pk=pk):
            model_admin.log_change(request, edition, _("A reminder for presentations was removed."))
            model_admin.message_user(request, _("Removed."), messages.SUCCESS)
    return {}


STEPS = {"bulk": bulk, "add": add_reminder, "remove": remove_reminder}


def take_link_step(request: HttpRequest, session: Session) -> str:
    """Send a link to one of its speakers, or take one back; answers what was done."""
    if pks := keys([request.POST.get("send", "")]):
        speaker = get_object_or_404(
            Speaker.objects.filter(appearances__session=session).distinct(), pk=pks[0]
        )
        link = send_link(session=session, speaker=speaker, by=person(request))
        return _("A link is on its way to %(email)s. Earlier ones open nothing any more.") % {
            "email": link.email
        }
    if pks := keys([request.POST.get("revoke", "")]):
        link = get_object_or_404(UploadLink, pk=pks[0], session=session)
        revoke_link(link=link)
        return _("The link of %(email)s opens nothing any more.") % {"email": link.email}
    raise Http404


def keys(values: list[str]) -> list[int]:
    return [int(value) for value in values if value.isdecimal() and len(value) < 19]
