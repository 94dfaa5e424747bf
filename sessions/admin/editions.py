"""What the programme adds to an edition's form: its tracks, and the pages about its timetable."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationTabularInline

from conference.admin.editions import EditionAdmin
from conference.models import Edition
from sessions.admin.importing import ImportingMixin, may_import
from sessions.admin.releasing import ReleasingMixin, may_release, may_see_conflicts
from sessions.admin.schedule import ScheduleMixin, may_schedule
from sessions.models import Track


class TrackInline(TranslationTabularInline):
    model = Track
    fields = ["name", "slug", "hue", "position"]
    prepopulated_fields = {"slug": ["name"]}
    extra = 0


class ProgrammeEditionAdmin(ImportingMixin, ScheduleMixin, ReleasingMixin, EditionAdmin):
    inlines = [*EditionAdmin.inlines, TrackInline]

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> Any:
        row = kwargs.get("obj")
        if row:
            context["row_links"] = self.row_links(request, row)
        return super().render_change_form(request, context, *args, **kwargs)

    def row_links(self, request: HttpRequest, row: Edition) -> list[dict[str, Any]]:
        """Buttons above the form, as far as this person may follow them; each room adds its own line."""
        links: list[tuple[bool, str, Any]] = [
            (may_schedule(request), "admin:conference_edition_schedule", _("Timetable")),
            (may_see_conflicts(request), "admin:conference_edition_conflicts", _("Conflicts")),
            (may_release(request), "admin:conference_edition_release", _("Release the timetable")),
            (may_import(request), "admin:conference_edition_import", _("Import a timetable")),
        ]
        return [
            {"address": reverse(name, args=[row.pk]), "words": words} for may, name, words in links if may
        ]
