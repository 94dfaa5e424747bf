"""Places in workshops: to look at, and to cancel."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from conference.admin.base import EditionFilter, ReadOnlyMixin, person
from conference.translated_columns import columns
from registration.admin.hands import cancel_each, place_waiting
from registration.admin.queue import each_with_position, with_position
from registration.models import PlaceQuerySet, WorkshopBooking
from registration.services.booking import cancel_booking


class WorkshopEditionFilter(EditionFilter):
    path = "workshop__edition"


@admin.register(WorkshopBooking)
class WorkshopBookingAdmin(ReadOnlyMixin, admin.ModelAdmin):
    list_display = ["reference", "name", "workshop", "status", "position", "created_at"]
    list_filter = [WorkshopEditionFilter, "status", ("workshop", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["registration__user", "workshop"]
    search_fields = [*columns("workshop__title"), "registration__reference", "registration__user__name"]
    actions = ["cancel_selected", "place_selected"]
    fields = [
        "registration",
        "name",
        "workshop",
        "status",
        "position",
        "created_at",
        "confirmed_at",
        "cancelled_at",
    ]
    readonly_fields = ["name", "position"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return with_position(super().get_queryset(request), "workshop")

    def rows_to_take_out(self, rows: QuerySet, portion: int) -> Iterator[Any]:
        return each_with_position(rows, "workshop", portion)

    def has_change_permission(self, request: HttpRequest, obj: WorkshopBooking | None = None) -> bool:
        return False

    def has_cancel_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("registration.change_workshopbooking")

    @admin.display(description=_("reference"), ordering="registration__reference")
    def reference(self, row: WorkshopBooking) -> str:
        return row.registration.reference

    @admin.display(description=_("name"), ordering="registration__user__name")
    def name(self, row: WorkshopBooking) -> str:
        return row.registration.user.name

    @admin.display(description=_("position"), ordering="place_in_queue")
    def position(self, row: Any) -> Any:
        return row.place_in_queue or "–"

    @admin.action(description=_("Cancel selected bookings"), permissions=["cancel"])
    def cancel_selected(self, request: HttpRequest, queryset: PlaceQuerySet) -> None:
        by = person(request)
        count = cancel_each(
            self, request, list(queryset.active()), lambda booking: cancel_booking(booking=booking, by=by)
        )
        words = ngettext("%(count)s booking cancelled.", "%(count)s bookings cancelled.", count)
        self.message_user(request, words % {"count": count}, messages.SUCCESS)

    @admin.action(description=_("Give the waiting ones a place on purpose"), permissions=["cancel"])
    def place_selected(self, request: HttpRequest, queryset: PlaceQuerySet) -> None:
        place_waiting(self, request, [{"booking": row} for row in queryset.waiting()])
