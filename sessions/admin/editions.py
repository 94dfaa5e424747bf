"""What the programme adds to an edition's form: its tracks, and the pages about its timetable."""

from typing import Any

from django.http import HttpRequest

from conference.admin import news
from conference.admin.editions import EditionAdmin
from conference.admin.translated import TranslationTabularInline
from sessions.admin import importing, lists_in, releasing, schedule, slides
from sessions.admin.importing import ImportingMixin
from sessions.admin.releasing import ReleasingMixin
from sessions.admin.schedule import ScheduleMixin
from sessions.admin.slides import SlidesMixin
from sessions.library.renamed import reindex_edition
from sessions.models import Track


class TrackInline(TranslationTabularInline):
    model = Track
    fields = ["name", "slug", "hue", "position"]
    prepopulated_fields = {"slug": ["name"]}
    extra = 0


class ProgrammeEditionAdmin(
    SlidesMixin, ImportingMixin, lists_in.SpeakersInMixin, ScheduleMixin, ReleasingMixin, EditionAdmin
):
    inlines = [*EditionAdmin.inlines, TrackInline]
    pages = [*news.PAGES, *schedule.PAGES, *releasing.PAGES, *slides.PAGES, *importing.PAGES, *lists_in.PAGES]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if change and (form.changed_data or any(formset.has_changed() for formset in formsets)):
            reindex_edition(form.instance)
