"""Venues with their rooms in the admin."""

from django.contrib import admin
from django.http import HttpRequest

from conference.admin.base import CountedProtection, EditionFilter
from conference.admin.translated import TranslationAdmin, TranslationTabularInline
from conference.models import Room, Venue
from conference.translated_columns import columns


class RoomInline(TranslationTabularInline):
    model = Room
    fields = ["name", "slug", "description", "capacity", "position"]
    prepopulated_fields = {"slug": ["name"]}
    extra = 1


@admin.register(Venue)
class VenueAdmin(CountedProtection, TranslationAdmin):
    inlines = [RoomInline]
    list_display = ["name", "edition", "city", "address", "position"]
    list_filter = [EditionFilter]
    list_select_related = ["edition"]
    search_fields = [*columns("name"), "city"]
    autocomplete_fields = ["edition"]

    def get_readonly_fields(self, request: HttpRequest, obj: Venue | None = None) -> list[str]:
        """Sessions and times of an edition stand in its rooms: they do not move to another."""
        return ["edition"] if obj else []
