"""What sessions and presentations are about, and the addresses that belong to a session."""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from conference.admin.base import CountedProtection
from sessions.models import SessionLink, Topic


@admin.register(Topic)
class TopicAdmin(CountedProtection, TranslationAdmin):
    list_display = ["name", "slug", "how_many"]
    search_fields = ["name_en", "name_nl", "slug"]
    prepopulated_fields = {"slug": ["name"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(number=Count("sessions"))

    @admin.display(description=_("sessions"), ordering="number")
    def how_many(self, row: Topic) -> int:
        return row.number  # type: ignore[attr-defined] # annotated


class SessionLinkInline(admin.TabularInline):
    model = SessionLink
    fields = ["kind", "title", "url", "position"]
    extra = 0
