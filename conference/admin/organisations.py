"""Organisations in the admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from conference.admin.base import OUR_FIELDS, CountedProtection, CountryFilter
from conference.models import Organisation


@admin.register(Organisation)
class OrganisationAdmin(CountedProtection, admin.ModelAdmin):
    formfield_overrides = OUR_FIELDS
    list_display = ["name", "acronym", "kind", "city", "country"]
    list_filter = ["kind", CountryFilter]
    search_fields = ["name", "acronym", "city"]
    prepopulated_fields = {"slug": ["name"]}
    fieldsets = [
        (None, {"fields": ["name", "acronym", "slug", "kind"]}),
        (_("Where and what"), {"fields": ["city", "country", "website", "logo"]}),
    ]
