"""Registration types in the admin; more places go to the waiting list at once."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import ngettext
from modeltranslation.admin import TranslationAdmin

from conference.admin.base import CountedProtection, EditionFilter, EditionTimesMixin, WholeForm, person
from registration.models import RegistrationType
from registration.services.waiting_list import fill_free_places


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


@admin.register(RegistrationType)
class RegistrationTypeAdmin(CountedProtection, EditionTimesMixin, TranslationAdmin):
    form = WholeForm
    list_display = ["name", "edition", "capacity", "opens_at", "closes_at", "position"]
    list_filter = [EditionFilter]
    list_select_related = ["edition"]
    search_fields = ["name_en", "name_nl"]
    autocomplete_fields = ["edition"]
    fields = ["edition", "name", "description", "capacity", "opens_at", "closes_at", "position"]

    def get_readonly_fields(self, request: HttpRequest, obj: RegistrationType | None = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "edition"] if obj else fields

    def save_model(self, request: HttpRequest, obj: RegistrationType, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change:
            fill_raised(self, request, form.changed_data, registration_type=obj)
