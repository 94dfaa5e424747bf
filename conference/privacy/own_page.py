"""The page on which a person takes home everything about themselves, and the task that makes it."""

import tempfile
from typing import cast
from uuid import UUID

from allauth.core.ratelimit import respond_429
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from conference.accounts.proving import proven_again
from conference.limits import is_too_often
from conference.mail import absolute, queue_mail
from conference.models import Task, User
from conference.models.task import TaskQuerySet
from conference.privacy.handing_out import pieces, write_zip
from conference.tasks import Progress, ask_for, handles

KIND = "my_data"
WORDS = _("To take your data home, log in once more with a code.")
Status = Task.Status


@handles(KIND)
def make(progress: Progress) -> None:
    """On disk for a day, like the file of any task; begun anew, it holds what is there then."""
    user = User.objects.get(pk=progress.task.by_id or 0)
    with tempfile.TemporaryFile(dir=settings.DATA_DIR) as draft:
        write_zip(user, draft, progress.step)
        draft.seek(0)
        progress.keep_pieces(pieces(draft), name="my-data.zip", content_type="application/zip")
    announce(progress.task, user)


@transaction.atomic
def announce(task: Task, user: User) -> None:
    """One mail, also if the worker died right after it; it warns whoever did not ask."""
    row = Task.objects.select_for_update(no_key=True).get(pk=task.pk)
    if row.options.get("is_announced"):
        return
    row.options |= {"is_announced": True}
    row.save(update_fields=["options"])
    with override(user.language):
        link = absolute(reverse("conference:my_data"))
    context = {"link": link, "expires_at": row.expires_at}
    queue_mail(to=user.email, template="my_data_ready", context=context, language=user.language)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@proven_again(WORDS)
def my_data(request: HttpRequest) -> HttpResponse:
    """Looking makes nothing; without script the page looks again by itself while it is being made."""
    user = cast(User, request.user)
    if request.method == "POST":
        if is_too_often(request, "my_data"):
            return respond_429(request)
        ask_once(user)
        return redirect("conference:my_data")
    task = own_tasks(user).order_by("-pk").first()
    response = render(request, "conference/accounts/my_data.html", {"task": task})
    if task and not task.is_over:
        response["Refresh"] = "3"
    return response


@transaction.atomic
def ask_once(user: User) -> None:
    """What waits or is being made is not asked for again; two clicks at once take turns."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if not own_tasks(user).exclude(status__in=[Status.DONE, Status.FAILED]).exists():
        ask_for(KIND, by=user)


@never_cache
@login_required
@require_safe
@proven_again(WORDS)
def my_data_file(request: HttpRequest, guid: UUID) -> HttpResponseBase:
    """For a day, for nobody else, and not from a session that somebody left open."""
    task = get_object_or_404(own_tasks(cast(User, request.user)), guid=guid, status=Status.DONE)
    try:
        content = task.file.open()
    except (FileNotFoundError, ValueError) as gone:
        raise Http404 from gone
    response = FileResponse(content, as_attachment=True, filename=task.file_name)
    response["Content-Type"] = task.content_type
    return response


def own_tasks(user: User) -> TaskQuerySet:
    return Task.objects.kept().filter(by=user, kind=KIND)
