"""Organisations in the admin: what they are, who belongs to them, and two that are the same made one."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseModelFormSet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.admin.asking import asking_page
from conference.admin.base import OUR_FIELDS, CountedProtection, CountryFilter, person
from conference.admin.memberships import MembershipInline, save_memberships
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


class MergeForm(forms.Form):
    keep = forms.ModelChoiceField(
        label=gettext_lazy("The one that stays"), queryset=Organisation.objects.none()
    )


@admin.register(Organisation)
class OrganisationAdmin(CountedProtection, admin.ModelAdmin):
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

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.merge_page)
        return [path("<int:pk>/merge/", page, name="conference_organisation_merge"), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> Any:
        row = kwargs.get("obj")
        if row and self.has_delete_permission(request, row):
            address = reverse("admin:conference_organisation_merge", args=[row.pk])
            context["row_links"] = [{"address": address, "words": _("Merge with another")}]
        return super().render_change_form(request, context, *args, **kwargs)

    def merge_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Says what goes where, and asks which one stays."""
        row = self.get_object(request, str(pk))
        if row is None:
            raise Http404
        if not self.has_delete_permission(request, row) or not self.has_change_permission(request, row):
            raise PermissionDenied
        form = MergeForm(request.POST or None)
        others = Organisation.objects.exclude(pk=row.pk)
        form.fields["keep"].queryset = others  # type: ignore[attr-defined]
        form.fields["keep"].initial = next((one for one in similar_to(row.name) if one != row), None)
        if form.is_valid():
            kept = merge_organisations(keep=form.cleaned_data["keep"], other=row)
            self.log_change(request, kept, _("Merged with %(name)s.") % {"name": row.name})
            self.message_user(request, _("The two are one now."))
            return redirect("admin:conference_organisation_change", kept.pk)
        return asking_page(request, self, form, title=_("Merge with another"), button=_("Merge"),
                           lines=merging_words(row), original=row)  # fmt: skip


def merging_words(row: Organisation) -> list[str]:
    return [
        _("“%(name)s” goes; its members, presenters and parts in editions belong to the one that stays.")
        % {"name": row.full_name},
        _("Whoever administered only this one becomes a plain member, unless nobody administers the other."),
    ]
