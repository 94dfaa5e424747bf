"""What stands inside a session's form: who appears, when in the draft, and its presentations."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Field, QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from conference.admin.base import edition_asked
from conference.admin.language_choice import LanguageChoice
from conference.admin.translated import TranslationTabularInline
from conference.models import Edition, Room
from sessions.admin.states import STATES, state_of
from sessions.models import Appearance, Presentation, Session, Slot


class AppearanceInline(admin.TabularInline):
    model = Appearance
    fields = ["speaker", "part", "role", "organisation", "expertise", "position"]
    autocomplete_fields = ["speaker", "organisation"]
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("speaker", "organisation")

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in ("role", "expertise"):
            kwargs["widget"] = forms.Textarea(attrs={"rows": 2, "cols": 30})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class SlotInline(TranslationTabularInline):
    """Only the draft: what was released stays as it was."""

    model = Slot
    fields = ["room", "starts_at", "ends_at"]
    verbose_name = _("time in the draft")
    verbose_name_plural = _("time and room in the draft of the timetable")
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).filter(pk__in=Slot.objects.draft()).select_related("room")

    def get_formset(self, request: HttpRequest, obj: Session | None = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        edition = obj.edition if obj else edition_asked(request)
        rooms = Room.objects.filter(venue__edition=edition).select_related("venue")
        if "room" in formset.form.base_fields:
            formset.form.base_fields["room"].queryset = rooms  # type: ignore[attr-defined]
        return formset


class PresentationFormSet(BaseInlineFormSet):
    """A presentation of a session is one of the session's edition."""

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)  # type: ignore[misc]
        form.instance.edition_id = self.instance.edition_id
        return form


class PresentationInline(LanguageChoice, admin.TabularInline):
    model = Presentation
    formset = PresentationFormSet
    fields = ["title", "kind", "language", "audience", "state", "open_link"]
    readonly_fields = ["state", "open_link"]
    can_delete = False
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related("versions")

    @admin.display(description=_("state"))
    def state(self, row: Presentation) -> Any:
        return STATES[state_of(row)] if row.pk else "–"

    @admin.display(description=_("file"))
    def open_link(self, row: Presentation) -> str:
        if not row.pk:
            return "–"
        address = reverse("admin:conference_sessions_presentation_change", args=[row.pk])
        return format_html('<a href="{}">{}</a>', address, _("open"))


def limit_to_edition(form: type[forms.ModelForm], edition: Edition | None, row: Session | None) -> None:
    """Offer only tracks, places and sessions of the edition, so that a wrong one cannot be chosen."""
    choices = {
        "track": edition.tracks.all() if edition else None,  # type: ignore[attr-defined]
        "venue": edition.venues.all() if edition else None,  # type: ignore[attr-defined]
        "part_of": Session.objects.filter(edition=edition).top_level().exclude(pk=row.pk if row else None),
    }
    for name, rows in choices.items():
        if rows is not None and name in form.base_fields:
            form.base_fields[name].queryset = rows  # type: ignore[attr-defined]
