"""Past and present releases of a timetable: a list, each as it was, and a feed."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language

from conference.content import content_state
from conference.feeds import ATOM
from conference.models import Edition
from conference.translated_columns import in_languages
from sessions.changes import words_of
from sessions.exchange import feed
from sessions.models import Kind, Release, Session, Slot
from sessions.releases import changes_in, with_counts
from sessions.views.exchange import answer, published
from sessions.views.sessions import EditionPage

IN_FEED = 20
OF_SLOT = ["starts_at", "ends_at", "session__slug", "session__kind", "session__status"]
OF_SLOT += in_languages("title", "room_name")


@dataclass
class Day:
    date: date | None  # None: time to be announced
    slots: list[Slot]


class ReleaseListView(EditionPage):
    template_name = "sessions/release_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        releases = with_counts(self.edition)
        return super().get_context_data(releases=releases, **kwargs)


class ReleaseView(EditionPage):
    """Times, rooms and titles as they were, but no title of what was withdrawn since, which is gone from every page.

    Names of speakers stay out: who left the stage may have left the site.
    """

    template_name = "sessions/release.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        release = get_object_or_404(self.edition.releases.all(), number=kwargs.pop("number"))  # type: ignore[attr-defined]
        latest = self.edition.releases.filter(is_latest=True).first()  # type: ignore[attr-defined]
        changes = changes_in([release], for_public=True)[release.pk]
        return super().get_context_data(
            release=release,
            latest=latest,
            days=days_of(release, self.edition),
            lines=[words_of(change, self.edition.zone) for change in changes],
            **kwargs,
        )


def days_of(release: Release, edition: Edition) -> list[Day]:
    """The slots of a release by day where the edition is; what has a page is linked."""
    slots = release.slots.filter(is_cancelled=False).select_related("session").only("release", *OF_SLOT)  # type: ignore[attr-defined]
    found = []
    for slot in slots:
        slot.session.edition = edition
        slot.is_public = slot.session.status in Session.HAVE_A_PAGE
        slot.is_linked = slot.is_public and slot.session.kind != Kind.BREAK
        found.append(slot)

    def day_of(slot: Slot) -> date | None:
        return slot.starts_at.astimezone(edition.zone).date() if slot.starts_at else None

    return [Day(day, list(some)) for day, some in groupby(found, day_of)]


def release_feed(request: HttpRequest, edition: str) -> HttpResponse:
    found = published(edition)
    return answer(request, content_state(found), ATOM, f"{edition}.atom", lambda: written(found))


def written(edition: Edition) -> bytes:
    releases = list(edition.releases.all()[:IN_FEED])  # type: ignore[attr-defined]
    changes = changes_in(releases, for_public=True)
    return feed.write(edition, [(one, changes[one.pk]) for one in releases], get_language() or "en")
