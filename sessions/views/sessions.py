"""The pages of an edition that show its sessions, workshops and speakers."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import TemplateView

from conference.editions import EditionMixin
from conference.models import Edition, EditionOrganisation
from sessions import outline
from sessions.access import rows_of
from sessions.models import Appearance, Kind, Presentation, Session
from sessions.outline import Entry
from sessions.surroundings import surroundings_of

PARTS = EditionOrganisation.Part.values


class EditionPage(EditionMixin, TemplateView):
    """A page of one edition; of an unpublished one only as a preview for organisers."""

    @property
    def is_preview(self) -> bool:
        return not self.edition.is_published

    def entries(self) -> list[Entry]:
        return outline.entries_of(outline.shown_in(self.edition, drafts=self.is_preview), self.edition)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("preview", self.is_preview)
        return super().get_context_data(edition=self.edition, **kwargs)


class OverviewView(EditionPage):
    template_name = "sessions/overview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entries = self.entries()
        everything = outline.flat(entries)
        outline.add_people(everything)
        order = {entry.session.pk: number for number, entry in enumerate(everything)}
        listed = presentations_in(self.edition, self.request, self.is_preview)
        presentations = sorted(listed, key=lambda one: order.get(one.session_id, len(order)))
        of_workshops = [p for p in presentations if is_of_workshop(p)]
        return super().get_context_data(
            sessions=outline.of_kind(entries, Kind.SESSION),
            workshops=outline.of_kind(entries, Kind.WORKSHOP),
            all_workshops=[entry.session for entry in outline.of_kind(everything, Kind.WORKSHOP)],
            speaker_presentations=[p for p in presentations if not is_of_workshop(p)],
            workshop_presentations=of_workshops,
            presentations=presentations,
            parts=sorted(
                self.edition.parts.select_related("organisation"), key=lambda one: PARTS.index(one.part)
            ),
            part_of=list(self.edition.part_of.all()),
            **kwargs,
        )


class SessionListView(EditionPage):
    template_name = "sessions/session_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entries = outline.of_kind(self.entries(), Kind.SESSION)
        everything = outline.flat(entries)
        outline.add_people(everything)
        workshops = [entry.session for entry in outline.of_kind(everything, Kind.WORKSHOP)]
        return super().get_context_data(sessions=entries, all_workshops=workshops, **kwargs)


class WorkshopListView(EditionPage):
    template_name = "sessions/workshop_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        workshops = outline.of_kind(outline.flat(self.entries()), Kind.WORKSHOP)
        outline.add_people(workshops)
        sessions = [entry.session for entry in workshops]
        return super().get_context_data(workshops=workshops, all_workshops=sessions, **kwargs)


class SessionView(EditionPage):
    template_name = "sessions/session.html"
    is_for_workshops = False

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        sessions = Session.objects.filter(edition=self.edition).in_order()
        is_organiser = request.viewer.is_organiser  # type: ignore[attr-defined]
        rows = outline.rows_of(sessions if is_organiser else sessions.known())
        here = next((row for row in rows if row.slug == kwargs["slug"]), None)
        if here is None:
            raise Http404
        if (here.kind == Kind.WORKSHOP) != self.is_for_workshops:
            there = "sessions:session" if self.is_for_workshops else "sessions:workshop"
            return redirect(there, self.edition.slug, here.slug, permanent=True)
        return self.render_to_response(self.get_context_data(here=here, rows=rows))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        here, rows = kwargs.pop("here"), kwargs.pop("rows")
        is_preview = self.is_preview or here.status not in Session.HAVE_A_PAGE
        entry, before, after = outline.with_neighbours(here, rows, self.edition, drafts=is_preview)
        outline.add_people([entry, *entry.parts])
        family = [row.pk for row in rows if here.pk in (row.pk, row.part_of_id) and row.has_presentations]
        found = []
        if family:
            found = presentations_in(self.edition, self.request, is_preview, session__in=family)
        return super().get_context_data(
            entry=entry,
            session=entry.session,
            is_cancelled=here.status == Session.Status.CANCELLED,
            around=surroundings_of(entry, self.edition),
            all_workshops=[part.session for part in entry.workshops],
            presentations=[one for one in found if one.session_id == here.pk],
            with_those_of_parts=found,
            before=before,
            after=after,
            preview=is_preview,
            **kwargs,
        )


class WorkshopView(SessionView):
    is_for_workshops = True


class SpeakerListView(EditionPage):
    template_name = "sessions/speaker_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = outline.shown_in(self.edition, drafts=self.is_preview).order_by()
        appearances = Appearance.objects.filter(session__in=shown).select_related("speaker", "organisation")
        first = {appearance.speaker_id: appearance for appearance in reversed(appearances)}
        people = sorted(first.values(), key=lambda one: one.speaker.public_name.casefold())
        return super().get_context_data(people=people, **kwargs)


def is_of_workshop(presentation: Presentation) -> bool:
    return bool(presentation.session and presentation.session.kind == Kind.WORKSHOP)


def presentations_in(
    edition: Edition, request: HttpRequest, is_preview: bool, **which: Any
) -> list[Presentation]:
    """What this viewer finds listed, each with what opens it; in a preview also what is not public yet."""
    viewer = request.viewer  # type: ignore[attr-defined]
    presentations = Presentation.objects.listed_to(viewer)  # to visitors what is public, and no more
    if viewer.user_id is not None and not is_preview:
        presentations = presentations.public()
    listed = presentations.filter(edition=edition, withdrawn_at=None, **which)
    return rows_of(listed, viewer, edition)
