"""Publications in the admin: what they are; their parts are built on a page of their own."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conference.admin.base import SeenForm
from conference.admin.language_choice import LanguageChoice, LanguageFilter
from conference.former_addresses import keep_address
from sessions.admin.publication_steps import NAME, BuildingMixin, contents_address
from sessions.library.index import reindex
from sessions.models import Publication
from sessions.publications.building import delete_publications


@admin.register(Publication)
class PublicationAdmin(LanguageChoice, BuildingMixin, admin.ModelAdmin):
    form = SeenForm
    change_list_template = "admin/publications/change_list.html"
    list_display = ["title", "series", "start_year", "end_year", "is_published", "how_many"]
    list_filter = ["is_published", "series", ("language", LanguageFilter)]
    list_select_related = ["series"]
    search_fields = ["title", "subtitle", "editors"]
    prepopulated_fields = {"slug": ["title"]}
    filter_horizontal = ["themes"]
    readonly_fields = ["is_published"]  # services change it
    save_on_top = True
    fieldsets = [
        (None, {"fields": ["title", "subtitle", "slug", "is_published", "introduction"]}),
        (_("What it is"), {"fields": ["series", "themes", "start_year", "end_year", "editors", "language"]}),
        (_("How it is cited"), {"fields": ["licence", "doi", "published_on"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(number=Count("parts"))

    def view_on_site(self, row: Publication) -> str:
        return row.get_absolute_url()

    @admin.display(description=_("parts"), ordering="number")
    def how_many(self, row: Any) -> int:
        return row.number

    def save_model(self, request: HttpRequest, obj: Publication, form: Any, change: bool) -> None:
        """Its old address still leads to it."""
        super().save_model(request, obj, form, change)
        keep_address(row=obj, before=form.initial.get("slug", "") if change else "")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        reindex(form.instance)

    def delete_model(self, request: HttpRequest, obj: Publication) -> None:
        delete_publications([obj])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        delete_publications(queryset)

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> Any:
        row = kwargs.get("obj")
        if row and self.has_change_permission(request, row):
            context["row_links"] = [{"address": contents_address(row), "words": _("Contents")}]
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(self, request: HttpRequest, obj: Publication, *args: Any) -> HttpResponse:
        """What is new has no parts yet, so that comes next."""
        answer = super().response_add(request, obj, *args)
        stays = "_continue" in request.POST or "_addanother" in request.POST
        return answer if stays else redirect(contents_address(obj))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        own = {"from_themes": reverse(f"admin:{NAME}from_themes")}
        return super().changelist_view(request, {**own, **(extra_context or {})})
