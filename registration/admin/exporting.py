"""Exports of an edition: choose a list, its columns and whose lines, and get a file; each is written down."""

from urllib.parse import urlencode

from allauth.core.ratelimit import respond_429
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from conference.admin.base import AnyAdmin, person
from conference.admin.edition_pages import EditionPage, Stage
from conference.admin.tasks import RULES, TITLES
from conference.limits import is_too_often
from conference.models import Edition, Task
from conference.tasks import ask_for
from registration.exporting.forms import ExportForm
from registration.exporting.lists import Listing, Rows, lists_for
from registration.exporting.making import content_type_of, count_of, file_of, name_of, rows_of
from registration.exporting.noting import log_export
from registration.exporting.tasks import KIND, may_fetch

NAME = "conference_edition_exports"
MOST_AT_ONCE = 2_000  # lines; a larger list is made by the worker
MOST_SHOWN = 10
TITLES[KIND] = gettext_lazy("Export")
RULES[KIND] = may_fetch


class ExportingMixin(AnyAdmin):
    """The page under /admin/conference/edition/<pk>/exports/ for the edition's admin."""

    @method_decorator(never_cache)
    def exports_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        lists = lists_for(person(request))
        if not lists:
            raise PermissionDenied
        edition = get_object_or_404(Edition, pk=pk)
        listing = asked_list(request, lists)
        form = ExportForm(request.POST or None, listing=listing, edition=edition, by=person(request))
        if request.method == "POST" and form.is_valid():
            if is_too_often(request, "export"):
                return respond_429(request)
            return exported(request, edition, form)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Exports"),
            "opts": self.opts,
            "original": edition,
            "lists": lists.values(),
            "listing": listing,
            "form": form,
            "made": made_by(request, edition),
            "taken": taken_from(edition),
        }
        return TemplateResponse(request, "admin/exports.html", context)


def asked_list(request: HttpRequest, lists: dict[str, Listing]) -> Listing:
    """The list in the address, else the first."""
    key = request.GET.get("list", next(iter(lists)))
    if key not in lists:
        raise Http404
    return lists[key]


def exported(request: HttpRequest, edition: Edition, form: ExportForm) -> HttpResponse:
    """The file at once, or the page of the task that makes it."""
    by, wish = person(request), form.wish()
    rows = rows_of(wish, edition, by)
    if count_of(rows) > MOST_AT_ONCE:
        task = ask_for(KIND, by=by, edition=edition, wish=wish.as_options(), has_needs=form.has_needs())
        back = f"{reverse(f'admin:{NAME}', args=[edition.pk])}?{urlencode({'list': wish.listing})}"
        return redirect(f"{reverse('admin:task_page', args=[task.guid])}?{urlencode({'back': back})}")
    return at_once(request, edition, form, rows)


def at_once(request: HttpRequest, edition: Edition, form: ExportForm, rows: Rows) -> HttpResponse:
    by, wish = person(request), form.wish()
    content, headings, count = file_of(wish, edition, by, rows)
    log_export(by=by, edition=edition, listing=wish.listing, form=wish.form, headings=headings, count=count)
    headers = {"Content-Disposition": f'attachment; filename="{name_of(wish, edition)}"'}
    return HttpResponse(content, content_type=content_type_of(wish), headers=headers)


def made_by(request: HttpRequest, edition: Edition) -> QuerySet[Task]:
    """Large files of the last day, for whoever asked for them."""
    tasks = Task.objects.kept().filter(by=person(request), kind=KIND, edition=edition)
    return tasks.order_by("-pk")[:MOST_SHOWN]


def taken_from(edition: Edition) -> QuerySet[LogEntry]:
    """The latest exports of anybody: who exports knows that it is seen."""
    rows = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Edition),
        object_id=str(edition.pk),
        object_repr__regex=r"^(CSV|XLSX): [0-9]+$",
    )
    return rows.select_related("user").order_by("-action_time", "-pk")[:MOST_SHOWN]


def may_export(request: HttpRequest) -> bool:
    return bool(lists_for(person(request)))


PAGES = [
    EditionPage(
        name=NAME,
        path="exports/",
        view=ExportingMixin.exports_view,
        stage=Stage.REGISTRATION,
        words=gettext_lazy("Exports"),
        may=may_export,
    )
]
