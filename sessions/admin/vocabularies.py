"""The words by which teachers look for a presentation, and how many presentations have each."""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from conference.admin.base import CountedProtection
from conference.admin.translated import TranslationAdmin
from conference.translated_columns import columns
from sessions.admin.indexing import WordMixin
from sessions.models import Audience, Level, Subject
from sessions.models.vocabulary import Word


@admin.register(Audience, Level, Subject)
class WordAdmin(WordMixin, CountedProtection, TranslationAdmin):
    list_display = ["name", "slug", "position", "how_many"]
    list_editable = ["position"]
    search_fields = [*columns("name"), "slug"]
    prepopulated_fields = {"slug": ["name"]}
    ordering = ["position", "pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(number=Count("presentations"))

    @admin.display(description=_("presentations"), ordering="number")
    def how_many(self, row: Word) -> int:
        return row.number  # type: ignore[attr-defined] # annotated
