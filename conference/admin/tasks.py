"""The page of one long task: how far it is, and the file it made; only for whoever asked for it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from conference.admin.base import person
from conference.models import Task, User

TITLES: dict[str, Any] = {}  # by kind; whoever handles a kind names it
# By kind: whether whoever asked may still have the file; without a rule they may.
RULES: dict[str, Callable[[User, Task], bool]] = {}


@never_cache
def task_page(request: HttpRequest, guid: str) -> HttpResponse:
    task = own_task(request, guid)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": TITLES.get(task.kind, _("Task")),
        "task": task,
        "back": safe_back(request),
    }
    response = TemplateResponse(request, "admin/task.html", context)
    if not task.is_over:
        response["Refresh"] = "3"  # without script the page looks again by itself
    return response


@never_cache
def task_state(request: HttpRequest, guid: str) -> HttpResponse:
    task = own_task(request, guid)
    state = {"status": task.status, "done": task.done, "total": task.total, "message": task.message}
    return JsonResponse(state)


@never_cache
def task_file(request: HttpRequest, guid: str) -> HttpResponseBase:
    task = own_task(request, guid)
    may_fetch = RULES.get(task.kind, lambda user, task: True)
    if not task.file or task.status != Task.Status.DONE or not may_fetch(person(request), task):
        raise Http404
    try:
        content = task.file.open()
    except FileNotFoundError as gone:
        raise Http404 from gone
    response = FileResponse(content, as_attachment=True, filename=task.file_name)
    response["Content-Type"] = task.content_type
    return response


def page_of(task: Task, *, back: str) -> HttpResponse:
    """To where one sees how far it is."""
    return redirect(f"{reverse('admin:task_page', args=[task.guid])}?{urlencode({'back': back})}")


def own_task(request: HttpRequest, guid: str) -> Task:
    """A day long, and for nobody else, whatever they may otherwise do here."""
    return get_object_or_404(Task.objects.kept().filter(by=person(request)), guid=guid)


def safe_back(request: HttpRequest) -> str:
    """Where the page leads back to: an address of the admin, or nowhere."""
    back = request.GET.get("back", "")
    return back if back.startswith(reverse("admin:index")) else ""
