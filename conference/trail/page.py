"""The trail as one page of the admin: who changed what and when, over all kinds of objects."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from conference.trail.entries import Entry, entries
from conference.trail.looking import TrailForm, kinds_for

A_PAGE = 50


@dataclass(frozen=True)
class Shown:
    entry: Entry
    address: str  # of its history, where it has a form of its own


@never_cache
@require_safe
def trail_page(request: HttpRequest) -> HttpResponse:
    kinds = kinds_for(request)
    if not kinds:
        raise PermissionDenied
    form = TrailForm(request.GET, kinds)
    page = Paginator(form.lines(), A_PAGE).get_page(request.GET.get("page"))
    found = entries([(kinds[number], key) for _at, number, key in page])
    asked = request.GET.copy()
    asked.pop("page", None)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Trail"),
        "form": form,
        "page_of_lines": page,
        "lines": [Shown(one, address_of(one)) for one in found],
        "asked": asked.urlencode(),
    }
    return TemplateResponse(request, "admin/trail/page.html", context)


def address_of(line: Entry) -> str:
    model = line.kind.model
    if line.is_deletion or model not in admin.site._registry:
        return ""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_history", args=[line.key])
