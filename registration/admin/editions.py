"""What registering adds to an edition's form: its registration types. Here the edition is registered whole."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from conference.admin import mail_texts
from conference.admin.positions import AddedLast
from conference.admin.translated import TranslationStackedInline
from conference.models import Edition
from registration.admin import (
    badges,
    certificates_of_edition,
    check_ins,
    copying,
    exporting,
    feedback,
    figures,
    form_building,
    letters,
    lists_in,
    lists_of_edition,
    place_changes,
    reading,
    report,
)
from registration.admin.registration_types import fill_raised
from registration.models import RegistrationType
from sessions.admin.editions import ProgrammeEditionAdmin


class RegistrationTypeInline(AddedLast, TranslationStackedInline):
    model = RegistrationType
    fields = ["name", "description", "capacity", "opens_at", "closes_at", "position"]
    verbose_name_plural = _("registration types")
    show_change_link = True  # to for whom it is, approval, fee and deadlines
    extra = 0


@admin.register(Edition)
class WholeEditionAdmin(
    form_building.FormBuildingMixin,
    certificates_of_edition.CertificatesMixin,
    copying.CopyingMixin,
    place_changes.PlacesMixin,
    badges.BadgesMixin,
    check_ins.DeskMixin,
    exporting.ExportingMixin,
    feedback.FeedbackMixin,
    letters.LettersMixin,
    figures.FiguresMixin,
    reading.ReadingMixin,
    report.ReportMixin,
    lists_in.AttendeesInMixin,
    ProgrammeEditionAdmin,
):
    inlines = [*ProgrammeEditionAdmin.inlines, RegistrationTypeInline]
    pages = [
        *ProgrammeEditionAdmin.pages,
        *form_building.PAGES,
        *lists_of_edition.PAGES,
        *lists_in.PAGES,
        *place_changes.PAGES,
        *letters.PAGES,
        *mail_texts.PAGES,
        *exporting.PAGES,
        *badges.PAGES,
        *check_ins.PAGES,
        *certificates_of_edition.PAGES,
        *feedback.PAGES,
        *figures.PAGES,
        *reading.PAGES,
        *report.PAGES,
        *copying.PAGES,
    ]

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        super().save_formset(request, form, formset, change)
        if formset.model is RegistrationType:
            for changed, fields in formset.changed_objects:
                fill_raised(self, request, fields, registration_type=changed)
