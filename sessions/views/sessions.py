"""The pages of an edition that show its sessions, workshops and speakers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import TemplateView

from conference.editions import EditionMixin
from conference.models import Edition, EditionOrganisation
from sessions import outline
from sessions.access import with_access
from sessions.models import Appearance, Kind, Presentation, Session
from sessions.outline import Entry

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
        of_workshops = [p for p in presentations if p.session and p.session.kind == Kind.WORKSHOP]
        return super().get_context_data(
            sessions=outline.of_kind(entries, Kind.SESSION),
            workshops=outline.of_kind(entries, Kind.WORKSHOP),
            all_workshops=[entry.session for entry in outline.of_kind(everything, Kind.WORKSHOP)],
            speaker_presentations=[p for p in presentations if p not in of_workshops],
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
        session = session_of(request, self.edition, kwargs["slug"])
        if (session.kind == Kind.WORKSHOP) != self.is_for_workshops:
            return redirect(session, permanent=True)
        return self.render_to_response(self.get_context_data(session=session))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        session = kwargs["session"]
        is_preview = not session.is_public
        shown = outline.shown_in(self.edition, drafts=is_preview)
        everything = outline.flat(outline.entries_of(shown, self.edition))
        entry = next((one for one in everything if one.session.pk == session.pk), Entry(session))
        entry.session = session
        outline.add_people([entry, *entry.parts])
        before, after = outline.neighbours(everything, session)
        own = presentations_in(self.edition, self.request, is_preview).filter(session=session)
        return super().get_context_data(
            entry=entry,
            all_workshops=[part.session for part in entry.workshops],
            presentations=list(own),
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


def session_of(request: HttpRequest, edition: Edition, slug: str) -> Session:
    """The published session at this address; for organisers any."""
    is_organiser = request.viewer.is_organiser  # type: ignore[attr-defined]
    sessions = Session.objects.all() if is_organiser else Session.objects.published()
    session = get_object_or_404(sessions.select_related("session_type", "venue"), edition=edition, slug=slug)
    session.edition = edition
    return session


def presentations_in(edition: Edition, request: HttpRequest, is_preview: bool) -> Any:
    """What this viewer finds listed, each with what opens it; in a preview also what is not public yet."""
    presentations = Presentation.objects.all() if is_preview else Presentation.objects.public()
    viewer = request.viewer  # type: ignore[attr-defined]
    listed = presentations.listed_to(viewer).filter(edition=edition, withdrawn_at=None)
    return with_access(listed.select_related("current_file", "session", "edition"), viewer)
