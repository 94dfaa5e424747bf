"""Registration types in the admin; more places go to the waiting list at once."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import Script
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from conference.admin.asking import asking_page
from conference.admin.base import CountedProtection, EditionFilter, EditionTimesMixin, WholeForm, person
from conference.admin.translated import TranslationAdmin
from conference.translated_columns import columns
from registration.admin.queue import taken_words, with_taken
from registration.models import RegistrationType
from registration.services.eligibility import domains_of
from registration.services.invitations import renew_invitation
from registration.services.waiting_list import fill_free_places

ForWhom = RegistrationType.ForWhom


def fill_raised(model_admin: Any, request: HttpRequest, fields: list[str], **owner: Any) -> None:
    """When the capacity changed, give what is free to the waiting list, and say how many moved up."""
    if "capacity" not in fields:
        return
    count = len(fill_free_places(**owner, by=person(request)))
    words = ngettext(
        "%(count)s person moved up from the waiting list.",
        "%(count)s people moved up from the waiting list.",
        count,
    )
    if count:
        model_admin.message_user(request, words % {"count": count}, messages.SUCCESS)


class TypeForm(WholeForm):
    def clean_domains(self) -> str:
        """As they are compared: small letters, one space between; each looks like the end of an address."""
        found = sorted(domains_of(RegistrationType(domains=self.cleaned_data["domains"])))
        if strange := [domain for domain in found if "." not in domain or "@" in domain or "/" in domain]:
            raise forms.ValidationError(_("“%(name)s” is no domain.") % {"name": strange[0]})
        return " ".join(found)


@admin.register(RegistrationType)
class RegistrationTypeAdmin(CountedProtection, EditionTimesMixin, TranslationAdmin):
    form = TypeForm
    list_display = [
        "name",
        "edition",
        "for_whom",
        "occupancy",
        "needs_approval",
        "opens_at",
        "closes_at",
        "position",
    ]
    list_filter = [EditionFilter, "for_whom", "needs_approval"]
    list_select_related = ["edition"]
    search_fields = [*columns("name")]
    autocomplete_fields = ["edition", "organisations"]
    readonly_fields = ["occupancy", "invitation_link"]
    fieldsets = [
        (None, {"fields": ["edition", "name", "description", "position"]}),
        (_("Places"), {"fields": ["capacity", "occupancy", "opens_at", "closes_at"]}),
        (
            _("For whom"),
            {
                "fields": ["for_whom", "invitation_link", "organisations", "domains", "needs_approval"],
                "description": _(
                    "Only those a kind is meant for see it; nobody else learns that it exists. Members and people "
                    "with an address of a domain see it when they are logged in."
                ),
            },
        ),
        (_("Fee"), {"fields": ["fee_amount", "fee_currency", "fee_text"]}),
        (_("Changes by the people themselves"), {"fields": ["changes_close_at", "can_be_handed_over"]}),
    ]

    class Media:
        js = [Script("js/copy.js", type="module")]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return with_taken(super().get_queryset(request))

    def get_readonly_fields(self, request: HttpRequest, obj: RegistrationType | None = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "edition"] if obj else fields

    def save_model(self, request: HttpRequest, obj: RegistrationType, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change:
            fill_raised(self, request, form.changed_data, registration_type=obj)

    # --- Columns --------------------------------------------------------------------------------
    @admin.display(description=_("places taken"))
    def occupancy(self, row: Any) -> str:
        return taken_words(row) if row.pk else "–"

    @admin.display(description=_("invitation link"))
    def invitation_link(self, row: RegistrationType) -> str:
        """The whole address to copy; without a script it can be marked and copied by hand."""
        if not row.pk or row.for_whom != ForWhom.INVITED:
            return str(_("Save this kind as “whoever has the invitation link”; the link then stands here."))
        address = reverse("registration:register_invited", args=[row.edition.slug, row.invitation_key])
        return format_html(
            '<span class="copy-line"><input id="invitation-link" class="vTextField" type="text" readonly value="{}" '
            'autocomplete="off" spellcheck="false" aria-label="{}"> '
            '<button class="button" type="button" data-copy="invitation-link" hidden>{}</button> '
            '<span role="status" data-copied="{}" data-not-copied="{}"></span></span>',
            settings.SITE_URL + address,
            _("invitation link"),
            _("Copy the address"),
            _("Copied."),
            _("Copy the address with your keyboard."),
        )

    # --- A new link -----------------------------------------------------------------------------
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.new_link_view)
        own = path("<int:pk>/new-link/", view, name="registration_registrationtype_new_link")
        return [own, *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> Any:
        row = kwargs.get("obj")
        if row and self.has_change_permission(request, row) and row.for_whom == ForWhom.INVITED:
            address = reverse("admin:registration_registrationtype_new_link", args=[row.pk])
            context["row_links"] = [{"address": address, "words": _("Make a new link")}]
        return super().render_change_form(request, context, *args, **kwargs)

    def new_link_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        row = get_object_or_404(self.get_queryset(request), pk=pk)
        if request.method == "POST":
            renew_invitation(registration_type=row)
            self.log_change(request, row, _("New invitation link."))
            self.message_user(
                request, _("The new link is here; the former one leads nowhere."), messages.SUCCESS
            )
            return redirect("admin:registration_registrationtype_change", pk)
        lines = [
            _(
                "Whoever has only the former link cannot register with it any more. Registrations made so far stay."
            )
        ]
        return asking_page(
            request, self, forms.Form(), title=_("Make a new link"), lines=lines, original=row,
            button=_("Make a new link"),
        )  # fmt: skip
