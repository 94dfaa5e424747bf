"""Workshops in the admin: sessions with places. They live here because places are registration's."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from conference.admin.base import EditionFilter
from registration.admin.queue import of_capacity, with_occupancy
from registration.admin.registration_types import fill_raised
from sessions.admin.sessions import MissingFilter, SessionAdmin
from sessions.models import Workshop


@admin.register(Workshop)
class WorkshopAdmin(SessionAdmin):
    list_display = [
        "shown_number",
        "title",
        "shown_edition",
        "status",
        "occupancy",
        "speakers",
        "draft_time",
        "slides",
    ]
    list_filter = [EditionFilter, "status", "takes_bookings", MissingFilter, "session_type", "track"]
    fieldsets = [
        (None, {"fields": ["edition", "session_type", "number", "title", "slug", "status"]}),
        (_("Places"), {"fields": ["takes_bookings", "capacity", "occupancy"]}),
        *SessionAdmin.fieldsets[1:],
    ]
    readonly_fields = [*SessionAdmin.readonly_fields, "occupancy"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return with_occupancy(super().get_queryset(request))

    @admin.display(description=_("places taken"))
    def occupancy(self, row: Any) -> str:
        return occupancy_words(row) if row.pk else "–"

    def save_model(self, request: HttpRequest, obj: Workshop, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change:
            fill_raised(self, request, form.changed_data, workshop=obj)


def occupancy_words(row: Any) -> str:
    """27/30, 4 waiting; a workshop may be overbooked on purpose: 31/30."""
    if not row.takes_bookings and not row.confirmed:
        return str(_("no bookings"))
    taken = of_capacity(row.confirmed, row.capacity)
    waiting = _("%(count)s waiting") % {"count": row.waiting}
    return f"{taken}, {waiting}" if row.waiting else taken
