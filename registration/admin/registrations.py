"""Registrations in the admin: each role sees what its work needs, and services change the status."""

from collections.abc import Iterator
from typing import Any, ClassVar

from allauth.core.ratelimit import respond_429
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from conference.admin.base import CountryFilter, EditionFilter, EditionTimesMixin, person
from conference.limits import is_too_often
from registration.admin.answers import AnswerInline
from registration.admin.approving import ApprovingMixin, pending_address
from registration.admin.hands import HandsMixin, cancel_each, place_waiting
from registration.admin.queue import each_with_position, with_position
from registration.admin.tickets import TicketsMixin
from registration.exporting.noting import log_selected
from registration.exports import columns_of, export_registrations
from registration.models import PlaceQuerySet, Registration, WorkshopBooking
from registration.services.registering import cancel_registration, update_registration

NEEDS = ["dietary_needs", "access_needs", "needs_deleted_at"]
NAMES = ["reference", "name", "edition", "status", "position"]  # all that a helper needs at the door
LOOKUPS_OF_NAMES = {"reference", "edition", "status", "status__exact", "pk", "id"}


class BookingInline(admin.TabularInline):
    model = WorkshopBooking
    fields: ClassVar[Any] = ["workshop", "status", "created_at"]
    readonly_fields = fields
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Registration)
class RegistrationAdmin(ApprovingMixin, HandsMixin, TicketsMixin, EditionTimesMixin, admin.ModelAdmin):
    inlines = [AnswerInline, BookingInline]
    list_display = [
        "reference",
        "name",
        "shown_country",
        "role",
        "registration_type",
        "status",
        "position",
        "created_at",
    ]
    list_filter = [EditionFilter, "status", "role", "registration_type", CountryFilter]
    list_select_related = ["user", "edition", "registration_type"]
    search_fields = ["reference", "user__name", "user__email", "organisation_name"]
    list_per_page = 100
    date_hierarchy = "created_at"
    actions = ["cancel_selected", "place_selected", "reissue_selected", "export_selected"]
    readonly_fields = [
        *NAMES,
        *NEEDS,
        "email",
        "registration_type",
        "consent_at",
        "consent_version",
        "created_at",
        "confirmed_at",
        "cancelled_at",
        "registered_by",
        "refusal_reason",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request).select_related("user", "edition", "registration_type")
        return with_position(rows, "registration_type")

    def rows_to_take_out(self, rows: QuerySet, portion: int) -> Iterator[Any]:
        return each_with_position(rows, "registration_type", portion)

    # --- Who sees what --------------------------------------------------------------------------
    def sees_details(self, request: HttpRequest) -> bool:
        return request.user.has_perm("registration.change_registration")

    def get_list_display(self, request: HttpRequest) -> Any:
        return self.list_display if self.sees_details(request) else NAMES

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        return self.list_filter if self.sees_details(request) else [EditionFilter, "status"]

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        return self.search_fields if self.sees_details(request) else ["reference", "user__name"]

    def get_inlines(self, request: HttpRequest, obj: Registration | None) -> list[Any]:
        return self.inlines if self.sees_details(request) else []

    def get_fieldsets(self, request: HttpRequest, obj: Registration | None = None) -> list[Any]:
        if not self.sees_details(request):
            return [(None, {"fields": NAMES})]
        person = ["email", "registration_type", "role", "country", "organisation_name"]
        person += ["registered_by", "refusal_reason"] if obj else []
        moments = ["created_at", "confirmed_at", "cancelled_at", "consent_at", "consent_version"]
        fieldsets = [(None, {"fields": [*NAMES, *person]}), (_("When"), {"fields": moments})]
        if request.user.has_perm("registration.view_needs"):
            fieldsets.append((_("Needs"), {"fields": NEEDS}))
        return fieldsets

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> Any:
        row = kwargs.get("obj")
        if row and self.has_change_permission(request, row):
            links = self.hand_links(row)
            if row.status == Registration.Status.PENDING:
                links = [
                    {"address": pending_address(row.edition), "words": _("Registrations to approve")},
                    *links,
                ]
            context["row_links"] = [*context.get("row_links", []), *links]
        return super().render_change_form(request, context, *args, **kwargs)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Nobody finds out by filtering what they may not read."""
        field = lookup.split("__")[0]
        if field in NEEDS or (not self.sees_details(request) and lookup not in LOOKUPS_OF_NAMES):
            return False
        return super().lookup_allowed(lookup, value, request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.sees_details(request)  # by the form of admin/hands.py

    def has_delete_permission(self, request: HttpRequest, obj: Registration | None = None) -> bool:
        return False  # cancelling passes the place on; deleting would not

    def has_cancel_permission(self, request: HttpRequest) -> bool:
        return self.sees_details(request)

    def has_export_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("registration.export_registration")

    def save_model(self, request: HttpRequest, obj: Registration, form: Any, change: bool) -> None:
        """Only what was typed is written: the status may have changed since the row was read."""
        typed = {name: form.cleaned_data[name] for name in form.changed_data}
        update_registration(registration=obj, by=person(request), **typed)

    # --- Columns --------------------------------------------------------------------------------
    @admin.display(description=_("name"), ordering="user__name")
    def name(self, row: Registration) -> str:
        return row.user.name

    @admin.display(description=_("email"))
    def email(self, row: Registration) -> str:
        return "–" if row.user.is_stand_in else row.user.email  # a colleague's, who has not taken it over

    @admin.display(description=_("country"), ordering="country")
    def shown_country(self, row: Any) -> str:
        return row.country.name

    @admin.display(description=_("position on the waiting list"), ordering="place_in_queue")
    def position(self, row: Any) -> Any:
        return row.place_in_queue or "–"

    # --- Actions --------------------------------------------------------------------------------
    @admin.action(description=_("Cancel selected registrations"), permissions=["cancel"])
    def cancel_selected(self, request: HttpRequest, queryset: PlaceQuerySet) -> None:
        by = person(request)
        count = cancel_each(
            self, request, list(queryset.active()), lambda row: cancel_registration(registration=row, by=by)
        )
        words = ngettext("%(count)s registration cancelled.", "%(count)s registrations cancelled.", count)
        self.message_user(request, words % {"count": count}, messages.SUCCESS)

    @admin.action(description=_("Give the waiting ones a place on purpose"), permissions=["cancel"])
    def place_selected(self, request: HttpRequest, queryset: PlaceQuerySet) -> None:
        place_waiting(self, request, [{"registration": row} for row in queryset.waiting()])

    @admin.action(description=_("Export selected as CSV"), permissions=["export"])
    def export_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponseBase:
        if is_too_often(request, "export"):
            return respond_429(request)
        with_needs = request.user.has_perm("registration.view_needs")
        log_selected(
            by=person(request), rows=queryset, path="edition", listing="registrations",
            headings=columns_of(with_needs=with_needs),
        )  # fmt: skip
        lines = export_registrations(queryset, with_needs=with_needs)
        name = f"registrations-{timezone.localdate():%Y-%m-%d}.csv"
        headers = {
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store, private",
        }
        return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)
