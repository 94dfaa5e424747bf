"""The history of one object in the admin: its former states with what changed, and the way back to one of them."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models, transaction
from django.db.models import IntegerField, QuerySet, Value
from django.forms.models import _get_foreign_key  # type: ignore[attr-defined]
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from conference.admin_kinds import AnyAdmin
from conference.trail.entries import entries
from conference.trail.records import DELETED, Tracked, tracked
from conference.trail.restoring import filled, save, would_change
from conference.trail.seeing import Seen

A_PAGE = 30


class TrailMixin(AnyAdmin):
    """For every admin; what is not tracked has the plain history of the admin."""

    def get_urls(self) -> list[URLPattern]:
        if not tracked(self.model):
            return super().get_urls()
        page = require_http_methods(["GET", "HEAD", "POST"])(self.restore_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_restore"
        own = path("<path:object_id>/restore/", self.admin_site.admin_view(page), name=name)
        return [own, *super().get_urls()]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Who may only look at an object, sees what was done to it but no former texts."""
        context = dict(extra_context or {})
        kind, row = tracked(self.model), self.get_object(request, unquote(object_id))
        if kind and row is not None and self.has_change_permission(request, row):
            context |= self._trail_states(request, kind, row)
        return super().history_view(request, object_id, context)

    def _trail_states(self, request: HttpRequest, kind: Tracked, row: models.Model) -> dict[str, Any]:
        kinds, lines = self._trail_lines(kind, row)
        page = Paginator(lines, A_PAGE).get_page(request.GET.get("states"))
        found = entries([(kinds[number], key) for _at, number, key in page])
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_restore", args=[row.pk])
        newest = next((one for one in found if one.kind is kind), None)
        return {
            "states": found,
            "states_page": page,
            "own_kind": kind.label,
            "restore_address": address,
            "newest_state": newest.state.pk if newest and page.number == 1 else None,
        }

    def _trail_lines(self, kind: Tracked, row: models.Model) -> tuple[list[Tracked], QuerySet[Any]]:
        """States of the object and of the rows that are edited within its form, newest first."""
        found = [(kind, kind.records.key), *self._trail_rows_within()]
        parts = [
            one.history._base_manager.order_by()
            .filter(**{column: row.pk})
            .annotate(which_kind=Value(number, IntegerField()))
            .values_list("history_date", "which_kind", "history_id")
            for number, (one, column) in enumerate(found)
        ]
        lines = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
        return [one for one, _column in found], lines.order_by("-history_date", "-history_id")

    def _trail_rows_within(self) -> list[tuple[Tracked, str]]:
        """Kinds of rows that are edited within the form of this object, and the column that leads to it."""
        found = []
        for inline in self.inlines:
            if other := tracked(inline.model):
                line = _get_foreign_key(self.model, inline.model, fk_name=inline.fk_name)
                found.append((other, line.attname))
        return found

    def get_form(
        self, request: HttpRequest, obj: models.Model | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """Made anew each time, so that it may be told what belongs to the object."""
        form = super().get_form(request, obj, change=change, **kwargs)
        if issubclass(form, Seen):
            form.seen_rows = self._trail_rows_within()
        return form

    def restore_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Says what would change; the button changes it."""
        kind, row = tracked(self.model), self.get_object(request, unquote(object_id))
        if kind is None or row is None:
            raise Http404
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        state = self._trail_state_asked(request, kind, row)
        form, shown = None, would_change(self, request, row, kind, state)
        if request.method == "POST":
            with transaction.atomic():
                form = filled(self, request, row, kind, state)
                if form.is_valid():
                    save(self, request, form)
                    when = state.history_date.strftime("%Y-%m-%d %H:%M")
                    self.log_change(request, row, _("Went back to the state of %(when)s.") % {"when": when})  # type: ignore[arg-type]
                    self.message_user(request, _("That state is back."), messages.SUCCESS)
                    return redirect(
                        f"admin:{self.opts.app_label}_{self.opts.model_name}_history", object_id=object_id
                    )
        return TemplateResponse(request, "admin/trail/restore.html", {
            **self.admin_site.each_context(request), "opts": self.opts, "original": row, "state": state, "form": form,
            "title": _("Go back to a former state"), "differences": shown,
        })  # fmt: skip

    def _trail_state_asked(self, request: HttpRequest, kind: Tracked, row: models.Model) -> Any:
        states = kind.history._base_manager.filter(**{kind.records.key: row.pk}).exclude(history_type=DELETED)
        asked = request.GET.get("state", "")
        if asked.isdecimal() and len(asked) < 19:
            states = states.filter(pk=asked)
        elif asked:
            raise Http404
        state = states.order_by("-history_id").first()
        if state is None:
            raise Http404
        return state
