"""The organiser's own labels, tracks and past releases in the admin."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from conference.admin.base import CountedProtection, EditionFilter, ReadOnlyMixin
from conference.admin.translated import TranslationAdmin
from conference.translated_columns import columns
from sessions.admin.indexing import WordMixin
from sessions.models import Release, SessionType, Slot, Track


class LabelAdmin(WordMixin, CountedProtection, TranslationAdmin):
    """Sessions are found by their labels."""


@admin.register(SessionType)
class SessionTypeAdmin(LabelAdmin):
    list_display = ["name", "kind", "slug"]
    list_filter = ["kind"]
    search_fields = [*columns("name")]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Track)
class TrackAdmin(LabelAdmin):
    list_display = ["name", "edition", "hue", "position"]
    list_filter = [EditionFilter]
    list_select_related = ["edition"]
    search_fields = [*columns("name")]
    autocomplete_fields = ["edition"]
    prepopulated_fields = {"slug": ["name"]}

    def get_readonly_fields(self, request: HttpRequest, obj: Track | None = None) -> list[str]:
        """Sessions of its edition are in it."""
        return ["edition"] if obj else []


class ReleasedSlotInline(ReadOnlyMixin, admin.TabularInline):
    model = Slot
    fields: ClassVar[Any] = ["title", "starts_at", "ends_at", "room_name", "speaker_names", "is_cancelled"]
    readonly_fields = fields
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("session", "room")

    def has_change_permission(self, request: HttpRequest, obj: Release | None = None) -> bool:
        return False


@admin.register(Release)
class ReleaseAdmin(ReadOnlyMixin, admin.ModelAdmin):
    """A release is made from the edition and stays as it was."""

    inlines = [ReleasedSlotInline]
    list_display = ["edition", "number", "is_latest", "note", "released_by", "created_at", "told_at"]
    list_filter = [EditionFilter]
    list_select_related = ["edition", "released_by"]
    fields = ["edition", "number", "is_latest", "note", "released_by", "created_at", "told_at"]

    def has_change_permission(self, request: HttpRequest, obj: Release | None = None) -> bool:
        return False
