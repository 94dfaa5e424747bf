"""All stored files in the admin: whether each is still what it was when it came. Services write here, nobody else."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from conference.admin.base import EditionFilter, EditionTimesMixin, ReadOnlyMixin
from conference.models import Edition
from sessions.models import PresentationFile


class FileEditionFilter(EditionFilter):
    path = "presentation__edition"
    starts_with_current = False  # damage anywhere is everybody's business


class DamageFilter(admin.SimpleListFilter):
    title = _("damage")
    parameter_name = "damage"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("any", _("missing or changed")), *PresentationFile.Damage.choices, ("none", _("as it came"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "any":
            return queryset.exclude(damage="")
        if self.value() == "none":
            return queryset.filter(damage="", checked_at__isnull=False)
        return queryset.filter(damage=self.value()) if self.value() else queryset


@admin.register(PresentationFile)
class PresentationFileAdmin(ReadOnlyMixin, EditionTimesMixin, admin.ModelAdmin):
    list_display = [
        "presentation",
        "shown_damage",
        "checked_at",
        "number",
        "shown_size",
        "status",
    ]
    ordering = ["-damage", "-created_at", "-pk"]  # what is missing or changed stands first
    list_filter = [DamageFilter, FileEditionFilter, "format", "status"]
    list_select_related = ["presentation"]
    search_fields = ["presentation__title", "original_name", "sha256", "file"]
    date_hierarchy = "created_at"
    fields = [
        "shown_presentation", "number", "status", "original_name", "shown_size", "content_type", "sha256", "file_name",
        "shown_damage", "checked_at", "uploaded_by", "created_at",
    ]  # fmt: skip
    readonly_fields = fields

    def edition_of(self, row: PresentationFile) -> Edition | None:
        return row.presentation.edition

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        stored = super().get_queryset(request).exclude(file="")
        return stored.select_related("presentation__edition", "uploaded_by")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return super().changelist_view(request, {"title": _("Stored files"), **(extra_context or {})})

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("presentation"))
    def shown_presentation(self, row: PresentationFile) -> str:
        address = reverse("admin:conference_sessions_presentation_change", args=[row.presentation_id])
        return format_html('<a href="{}">{}</a>', address, row.presentation)

    @admin.display(description=_("size"), ordering="size")
    def shown_size(self, row: PresentationFile) -> str:
        return filesizeformat(row.size)

    @admin.display(description=_("place in the store"))
    def file_name(self, row: PresentationFile) -> str:
        return row.file.name or ""

    @admin.display(description=_("damage"), ordering="damage", empty_value="–")
    def shown_damage(self, row: PresentationFile) -> Any:
        if row.damage:
            return row.get_damage_display()
        return _("as it came") if row.checked_at else None
