"""The pages that organisers write, and the one row of the site itself."""

from typing import Any

from django.contrib import admin
from django.db.models import Field
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from conference.admin.base import SeenForm
from conference.admin.translated import TranslationAdmin
from conference.languages import LanguagesField
from conference.models import Page, Site
from conference.translated_columns import columns


@admin.register(Page)
class PageAdmin(TranslationAdmin):
    form = SeenForm
    list_display = ["title", "edition", "slug", "place", "position", "is_published", "updated_at"]
    list_filter = ["is_published", "place", "edition"]
    list_select_related = ["edition"]
    search_fields = [*columns("title"), "slug"]
    autocomplete_fields = ["edition"]
    prepopulated_fields = {"slug": ["title"]}
    save_on_top = True
    fieldsets = [
        (None, {"fields": ["edition", "title", "slug", "body"]}),
        (_("Menu"), {"fields": ["place", "position", "is_published"]}),
    ]

    def view_on_site(self, row: Page) -> str:
        return row.get_absolute_url()


@admin.register(Site)
class SiteAdmin(TranslationAdmin):
    """There is one row, so its list is its form."""

    fields = ["name", "contact_email", "legal_notice", "languages"]

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "languages":
            kwargs["form_class"] = LanguagesField
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not Site.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        site = Site.objects.first()
        if site and self.has_view_permission(request, site):
            return redirect("admin:conference_site_change", site.pk)
        if self.has_add_permission(request):
            return redirect("admin:conference_site_add")
        return super().changelist_view(request, extra_context)

    def save_model(self, request: HttpRequest, obj: Site, form: Any, change: bool) -> None:
        obj.pk = 1
        super().save_model(request, obj, form, change)
