"""Organisations in the admin: what they are, who belongs to them, and two that are the same made one."""

from typing import Any

from django.contrib import admin, messages
from django.forms import BaseModelFormSet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.admin.base import OUR_FIELDS, CountedProtection, CountryFilter, person
from conference.admin.memberships import MembershipInline, save_memberships
from conference.admin.merging import MergesTwo
from conference.changes import tell_organisation_changed
from conference.models import Membership, Organisation
from conference.services.merging import merge_organisations
from conference.similar_names import similar_to


class AskedFilter(admin.SimpleListFilter):
    """Where somebody asks to join; the organisers decide where nobody administers the organisation."""

    title = gettext_lazy("requests to join")
    parameter_name = "asked"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", gettext_lazy("somebody asks to join"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        asked = Membership.objects.asking().values("organisation")
        return queryset.filter(pk__in=asked) if self.value() else queryset


@admin.register(Organisation)
class OrganisationAdmin(CountedProtection, MergesTwo):
    formfield_overrides = OUR_FIELDS
    list_display = ["name", "acronym", "kind", "city", "country"]
    list_filter = ["kind", AskedFilter, CountryFilter]
    search_fields = ["name", "acronym", "city"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [MembershipInline]
    fieldsets = [
        (None, {"fields": ["name", "acronym", "slug", "kind"]}),
        (gettext_lazy("Where and what"), {"fields": ["city", "country", "website", "logo", "domain"]}),
    ]

    def view_on_site(self, row: Organisation) -> str:
        return reverse("sessions:organisation", args=[row.slug])

    def save_formset(self, request: HttpRequest, form: Any, formset: BaseModelFormSet, change: bool) -> None:
        if formset.model is not Membership:
            super().save_formset(request, form, formset, change)
            return
        for words in save_memberships(formset, form.instance, person(request)):
            self.message_user(request, words, messages.ERROR)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if change and "name" in form.changed_data:
            tell_organisation_changed(form.instance)

    def merge(self, *, keep: Organisation, other: Organisation) -> Organisation:
        return merge_organisations(keep=keep, other=other)

    def likely_same(self, row: Organisation) -> Organisation | None:
        return next((one for one in similar_to(row.name) if one != row), None)

    def merging_words(self, row: Organisation) -> list[str]:
        return [
            _("“%(name)s” goes; its members, presenters and parts in editions belong to the one that stays.")
            % {"name": row.full_name},
            _(
                "Whoever administered only this one becomes a plain member, unless nobody administers the other."
            ),
        ]
