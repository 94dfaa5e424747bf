"""Editions in the admin; the floors above hang their own parts into this form and register it."""

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.db.models import Field, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from conference.admin.base import OUR_FIELDS, CountedProtection, EditionTimesMixin, SeenForm
from conference.admin.edition_pages import EditionPagesMixin
from conference.admin.translated import TranslationAdmin, TranslationTabularInline
from conference.languages import LanguagesField
from conference.models import Edition, EditionOrganisation, PartOf, Venue
from conference.services.editions import set_published
from conference.translated_columns import columns


@cache
def time_zones() -> list[str]:
    """Asked once: Python reads them from the disk each time."""
    return sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC")


class OrganisationInline(TranslationTabularInline):
    model = EditionOrganisation
    fields = ["organisation", "part", "position", "disclaimer"]
    autocomplete_fields = ["organisation"]
    extra = 0

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name.startswith("disclaimer"):
            kwargs["widget"] = forms.Textarea(attrs={"rows": 2, "cols": 40})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class PartOfInline(TranslationTabularInline):
    model = PartOf
    formfield_overrides = OUR_FIELDS
    fields = ["title", "website", "position"]
    extra = 0


class VenueInline(TranslationTabularInline):
    model = Venue
    fields = ["name", "address", "city", "position"]
    show_change_link = True  # to its rooms and how to get there
    extra = 0


class EditionAdmin(EditionPagesMixin, CountedProtection, EditionTimesMixin, TranslationAdmin):
    form = SeenForm
    inlines = [OrganisationInline, PartOfInline, VenueInline]
    list_display = [
        "short_title",
        "series",
        "theme",
        "starts_on",
        "registration_closes_at",
        "is_published",
        "is_front_page",
    ]
    list_filter = ["is_published", "series", "theme"]
    list_select_related = ["series", "theme"]
    search_fields = [*columns("title", "short_title", "city"), "slug"]
    autocomplete_fields = ["series", "theme"]
    prepopulated_fields = {"slug": ["short_title"]}
    readonly_fields = ["public_address"]
    actions = ["publish", "unpublish"]
    save_on_top = True
    fieldsets = [
        (None, {"fields": ["series", "ordinal", "theme", "title", "short_title", "slug", "public_address"]}),
        (_("On the site"), {"fields": ["is_published", "is_front_page", "accent_hue", "languages"]}),
        (_("Text"), {"fields": ["subtitle", "summary", "introduction"]}),
        (
            _("Where and when"),
            {"fields": ["city", "country", "date_precision", "starts_on", "ends_on", "time_zone"]},
        ),
        (
            _("Registration"),
            {
                "fields": [
                    "registration_opens_at",
                    "registration_closes_at",
                    "held_by_organisation",
                    "contact_email",
                ]
            },
        ),
        (
            _("Presentations"),
            {
                "fields": [
                    "presentations_due_at",
                    "takes_late_presentations",
                    "open_pages",
                    "widest_audience",
                    "presentations_open_from",
                ]
            },
        ),
    ]

    def edition_of(self, row: Edition) -> Edition:
        return row

    def view_on_site(self, row: Edition) -> str:
        return row.get_absolute_url()

    def get_readonly_fields(self, request: HttpRequest, obj: Edition | None = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "slug"] if obj else fields

    def get_prepopulated_fields(self, request: HttpRequest, obj: Edition | None = None) -> Any:
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "languages":
            kwargs["form_class"] = LanguagesField
        if db_field.name == "time_zone":
            kwargs["widget"] = forms.Select(choices=[(zone, zone) for zone in time_zones()])
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description=_("public address"))
    def public_address(self, row: Edition) -> str:
        if not row.pk:
            return "–"
        address = settings.SITE_URL + row.get_absolute_url()
        return format_html('<a href="{}">{}</a>', row.get_absolute_url(), address)

    @admin.action(description=_("Publish selected editions"), permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._set_published(request, queryset, is_published=True)

    @admin.action(description=_("Take selected editions off the site"), permissions=["change"])
    def unpublish(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._set_published(request, queryset, is_published=False)

    def _set_published(self, request: HttpRequest, queryset: QuerySet, *, is_published: bool) -> None:
        changed = [edition for edition in queryset if edition.is_published != is_published]
        for edition in changed:
            set_published(edition=edition, is_published=is_published)
            words = _("Published.") if is_published else _("Taken off the site.")
            self.log_change(request, edition, words)
        count = len(changed)
        done = (
            ngettext("%(count)s edition published.", "%(count)s editions published.", count)
            if is_published
            else ngettext("%(count)s edition taken off.", "%(count)s editions taken off.", count)
        )
        self.message_user(request, done % {"count": count}, messages.SUCCESS)
