"""What people learn in sessions: the lists that organisers keep, and that certificates quote."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from conference.admin.base import OUR_FIELDS, CountedProtection
from conference.admin.translated import TranslationAdmin
from conference.translated_columns import columns
from sessions.admin.indexing import WordMixin
from sessions.models import Competence


class FrameworkFilter(admin.AllValuesFieldListFilter):
    """Those of no framework have words to click on, too."""

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        for choice in super().choices(changelist):
            yield {**choice, "display": choice["display"] or self.empty_value_display}


@admin.register(Competence)
class CompetenceAdmin(WordMixin, CountedProtection, TranslationAdmin):
    formfield_overrides = OUR_FIELDS
    list_display = ["name", "framework", "position", "how_many"]
    list_filter = [("framework", FrameworkFilter)]
    search_fields = [*columns("name", "framework"), "slug"]
    prepopulated_fields = {"slug": ["name"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(number=Count("sessions"))

    @admin.display(description=_("sessions"), ordering="number")
    def how_many(self, row: Competence) -> int:
        return row.number  # type: ignore[attr-defined] # annotated
