"""Series and themes in the admin."""

from typing import Any

from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from conference.admin.base import CountedProtection
from conference.admin.translated import TranslationAdmin
from conference.changes import tell_theme_changed
from conference.former_addresses import keep_address
from conference.models import Series, Theme
from conference.translated_columns import columns


@admin.register(Series)
class SeriesAdmin(CountedProtection, TranslationAdmin):
    list_display = ["title", "editions_held", "position"]
    search_fields = [*columns("title"), "slug"]
    prepopulated_fields = {"slug": ["title"]}

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(editions_held=Count("editions"))

    @admin.display(description=_("editions"), ordering="editions_held")
    def editions_held(self, row: Any) -> int:
        return row.editions_held


@admin.register(Theme)
class ThemeAdmin(CountedProtection, TranslationAdmin):
    list_display = ["title", "years", "series"]
    list_filter = ["series"]
    list_select_related = ["series"]
    search_fields = [*columns("title"), "label"]
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ["series"]

    def view_on_site(self, row: Theme) -> str:
        return row.get_absolute_url()

    @admin.display(description=_("years"), ordering="start_year")
    def years(self, row: Theme) -> str:
        return row.years

    def save_model(self, request: HttpRequest, obj: Theme, form: Any, change: bool) -> None:
        """Its old address still leads to it."""
        super().save_model(request, obj, form, change)
        keep_address(row=obj, before=form.initial.get("slug", "") if change else "")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        tell_theme_changed(form.instance)
