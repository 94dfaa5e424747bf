"""The log of places in the admin: who had, got or lost which place, when and through whom; and whether it adds up."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from conference.admin.base import AnyAdmin, EditionFilter, ReadOnlyMixin
from conference.admin.edition_pages import EditionPage, Stage
from conference.models import Edition
from registration.models import PlaceChange
from registration.place_log.queues import queues_of

REPLAY = "conference_edition_places"


class OwnEditionFilter(EditionFilter):
    """Of whoever owns the places: types and workshops."""

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        chosen = self.value()
        if chosen == "all":
            return queryset
        if not chosen.isdecimal() or len(chosen) > 18:
            return queryset.none()
        return queryset.filter(Q(registration_type__edition=chosen) | Q(workshop__edition=chosen))


@admin.register(PlaceChange)
class PlaceChangeAdmin(ReadOnlyMixin, admin.ModelAdmin):
    list_display = [
        "at",
        "name",
        "place",
        "reason",
        "before",
        "after",
        "queue_number",
        "capacity",
        "shown_by",
        "note",
    ]
    list_display_links = None
    list_filter = [OwnEditionFilter, "reason"]
    list_select_related = ["registration__user", "registration_type", "workshop", "by"]
    search_fields = ["registration__reference", "registration__user__name"]
    date_hierarchy = "at"
    list_per_page = 100
    ordering = ["-pk"]

    def has_change_permission(self, request: HttpRequest, obj: PlaceChange | None = None) -> bool:
        return False

    @admin.display(description=_("name"), ordering="registration__user__name")
    def name(self, row: PlaceChange) -> str:
        return row.registration.user.name if row.registration else "–"

    @admin.display(description=_("place"))
    def place(self, row: PlaceChange) -> str:
        return str(row.workshop or row.registration_type)

    @admin.display(description=_("by"), ordering="by__name")
    def shown_by(self, row: PlaceChange) -> Any:
        return row.by.name if row.by else _("the site")


class PlacesMixin(AnyAdmin):
    """The page under /admin/conference/edition/<pk>/places/ for the edition's admin."""

    def places_view(self, request: HttpRequest, pk: int) -> TemplateResponse:
        """Every queue of the edition, played again from its log, beside how things stand."""
        if not may_see_places(request):
            raise PermissionDenied
        edition = get_object_or_404(Edition, pk=pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Places and their log"),
            "edition": edition,
            "queues": queues_of(edition),
        }
        return TemplateResponse(request, "admin/places.html", context)


def may_see_places(request: HttpRequest) -> bool:
    return request.user.has_perm("registration.view_placechange")


PAGES = [
    EditionPage(
        name=REPLAY,
        path="places/",
        view=PlacesMixin.places_view,
        stage=Stage.REGISTRATION,
        words=_("Places and their log"),
        may=may_see_places,
    )
]
