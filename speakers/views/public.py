"""A person over all editions: every session they appeared in, with the role they had then."""

from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import F, QuerySet
from django.views.generic import DetailView

from speakers.models import Speaker


class SpeakerView(DetailView):
    template_name = "speakers/speaker.html"
    context_object_name = "speaker"

    def get_queryset(self) -> QuerySet[Speaker]:
        """People of published sessions; for organisers everyone."""
        is_organiser = self.request.viewer.is_organiser  # type: ignore[attr-defined]
        return Speaker.objects.all() if is_organiser else Speaker.objects.on_stage()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        appearances = list(published_appearances(self.object))
        by_edition = groupby(appearances, key=attrgetter("session.edition"))
        return super().get_context_data(
            editions=[(edition, list(found)) for edition, found in by_edition],
            preview=not appearances,
            **kwargs,
        )


def published_appearances(speaker: Speaker) -> QuerySet:
    """The latest edition first; in it as the programme has it."""
    return (
        speaker.appearances.filter(session__status="published", session__edition__is_published=True)
        .select_related("session__edition", "session__session_type", "organisation")
        .order_by(
            F("session__edition__starts_on").desc(nulls_last=True),
            "-session__edition",
            "session__position",
            "session__number",
            "session",
        )
    )
