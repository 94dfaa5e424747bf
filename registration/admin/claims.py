"""Links by which registrations pass on: to look at, so that an organiser can say what became of one."""

from django.contrib import admin
from django.http import HttpRequest

from conference.admin.base import EditionFilter, ReadOnlyMixin
from registration.models import Claim


class ClaimEditionFilter(EditionFilter):
    path = "registration__edition"


@admin.register(Claim)
class ClaimAdmin(ReadOnlyMixin, admin.ModelAdmin):
    list_display = [
        "registration", "name", "email", "is_handing_over", "offered_by", "created_at", "expires_at",
        "claimed_at", "withdrawn_at",
    ]  # fmt: skip
    list_filter = [ClaimEditionFilter, "is_handing_over"]
    list_select_related = ["registration", "offered_by"]
    search_fields = ["registration__reference", "name", "email"]
    fields = list_display

    def has_change_permission(self, request: HttpRequest, obj: Claim | None = None) -> bool:
        return False
