"""What registering adds to an edition's form: its registration types. Here the edition is registered whole."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationStackedInline

from conference.models import Edition
from registration.admin.badges import BadgesMixin
from registration.admin.certificates_of_edition import CertificatesMixin
from registration.admin.check_ins import DeskMixin
from registration.admin.copying import CopyingMixin
from registration.admin.form_building import FormBuildingMixin
from registration.admin.groups_of_edition import GroupsMixin
from registration.admin.place_changes import PlacesMixin
from registration.admin.registration_types import fill_raised
from registration.models import RegistrationType
from sessions.admin.editions import ProgrammeEditionAdmin


class RegistrationTypeInline(TranslationStackedInline):
    model = RegistrationType
    fields = ["name", "description", "capacity", "opens_at", "closes_at", "position"]
    verbose_name_plural = _("registration types")
    show_change_link = True  # to for whom it is, approval, fee and deadlines
    extra = 0


@admin.register(Edition)
class WholeEditionAdmin(
    FormBuildingMixin,
    CertificatesMixin,
    CopyingMixin,
    PlacesMixin,
    BadgesMixin,
    GroupsMixin,
    DeskMixin,
    ProgrammeEditionAdmin,
):
    inlines = [*ProgrammeEditionAdmin.inlines, RegistrationTypeInline]

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        super().save_formset(request, form, formset, change)
        if formset.model is RegistrationType:
            for changed, fields in formset.changed_objects:
                fill_raised(self, request, fields, registration_type=changed)
