"""Venues with their rooms in the admin."""

from django.contrib import admin
from modeltranslation.admin import TranslationAdmin, TranslationTabularInline

from conference.admin.base import CountedProtection, EditionFilter
from conference.models import Room, Venue


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
    search_fields = ["name_en", "name_nl", "city"]
    autocomplete_fields = ["edition"]
