"""What the programme adds to an edition's form: its tracks, and releasing the timetable."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modeltranslation.admin import TranslationTabularInline

from conference.admin.asking import asking_page
from conference.admin.base import person
from conference.admin.editions import EditionAdmin
from conference.models import Edition
from sessions.admin.schedule import ScheduleMixin, may_schedule
from sessions.admin.states import lacking
from sessions.models import Session, Slot, Track
from sessions.services.timetable import release_timetable


class TrackInline(TranslationTabularInline):
    model = Track
    fields = ["name", "slug", "hue", "position"]
    prepopulated_fields = {"slug": ["name"]}
    extra = 0


class ProgrammeEditionAdmin(ScheduleMixin, EditionAdmin):
    inlines = [*EditionAdmin.inlines, TrackInline]

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> Any:
        row = kwargs.get("obj")
        if row:
            context["row_links"] = self.row_links(request, row)
        return super().render_change_form(request, context, *args, **kwargs)

    def row_links(self, request: HttpRequest, row: Edition) -> list[dict[str, Any]]:
        """Buttons above the form, as far as this person may follow them; each room adds its own line."""
        links: list[tuple[bool, str, Any]] = [
            (may_schedule(request), "admin:conference_edition_schedule", _("Schedule")),
            (may_release(request), "admin:conference_edition_release", _("Release the timetable")),
        ]
        return [
            {"address": reverse(name, args=[row.pk]), "words": words} for may, name, words in links if may
        ]
