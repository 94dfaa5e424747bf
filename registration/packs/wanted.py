"""What a pack is of: a session, a track, an edition, a publication, all that somebody attended, or what a search found.

A finder says which presentations belong to it; whether anybody may know of them or have them is asked elsewhere.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from conference.models import Edition, User
from conference.templatetags.texts import shown
from conference.viewer import Viewer
from registration.models import Certificate
from registration.my_page import attended_by
from sessions.library.search import Asked, best_presentations, search
from sessions.models import Presentation, Publication, Session, Track
from sessions.models.presentation import PresentationQuerySet

MOST_FOUND = 500  # presentations of one search


@dataclass(frozen=True)
class Wanted:
    kind: str
    key: str
    title: str  # in the language of the page
    name: str  # of the ZIP and its folder, in letters that every computer has
    presentations: PresentationQuerySet
    back: str  # the page it was asked for on
    query: str = ""  # of a search
    session: int | None = None  # whose presentations need no folder of their own
    publication: Publication | None = None  # whose PDF and texts lie beside its files
    edition: int | None = None  # the only one, so that its name is no folder


Finder = Callable[[str, Viewer, str], Wanted | None]


def of_edition(key: str, viewer: Viewer, query: str) -> Wanted | None:
    edition = Edition.objects.filter(slug=key).first()
    if not edition:
        return None
    found = Presentation.objects.filter(edition=edition)
    back = reverse("sessions:presentations", args=[edition.slug])
    title = shown(edition, "title")[0]
    return Wanted("edition", key, title, edition.slug, found, back, edition=edition.pk)


def of_session(key: str, viewer: Viewer, query: str) -> Wanted | None:
    session = Session.objects.select_related("edition").filter(guid=as_guid(key)).first()
    if not session:
        return None
    found = Presentation.objects.filter(Q(session=session) | Q(session__part_of=session))
    title, back = shown(session, "title")[0], session.get_absolute_url()
    edition = session.edition_id
    return Wanted("session", key, title, session.slug, found, back, session=session.pk, edition=edition)


def of_track(key: str, viewer: Viewer, query: str) -> Wanted | None:
    track = Track.objects.select_related("edition").filter(pk=as_number(key)).first()
    if not track:
        return None
    found = Presentation.objects.filter(Q(session__track=track) | Q(session__part_of__track=track))
    back = reverse("sessions:presentations", args=[track.edition.slug])
    name = f"{track.edition.slug}-{track.slug}"
    return Wanted("track", key, shown(track, "name")[0], name, found, back, edition=track.edition_id)


def of_publication(key: str, viewer: Viewer, query: str) -> Wanted | None:
    known = Publication.objects.all() if viewer.is_organiser else Publication.objects.published()
    publication = known.filter(slug=key).first()
    if not publication:
        return None
    found = Presentation.objects.filter(parts__publication=publication)
    title, name, back = publication.title, publication.slug, publication.get_absolute_url()
    return Wanted("publication", key, title, name, found, back, publication=publication)


def of_mine(key: str, viewer: Viewer, query: str) -> Wanted | None:
    """What the sessions left behind in which this person was."""
    if key != "attended" or viewer.user_id is None:
        return None
    found = Presentation.objects.filter(session__in=attended_sessions(viewer.user_id))
    back = reverse("registration:my_registrations")
    return Wanted("mine", key, _("All I attended"), "attended", found, back)


def attended_sessions(user_id: int) -> set[int]:
    """The same that my page says I attended."""
    user = User.objects.get(pk=user_id)
    registrations = list(user.registrations.select_related("edition"))
    held = Certificate.objects.filter(registration__user=user)
    return attended_by(user, registrations, held)


def of_search(key: str, viewer: Viewer, query: str) -> Wanted | None:
    """The presentations among all hits, as far as one pack goes."""
    asked = Asked.from_query(QueryDict(query))
    if key != "found" or asked.is_empty:
        return None
    keys = search(asked, viewer).presentations
    if len(keys) > MOST_FOUND:
        keys = best_presentations(asked, viewer, MOST_FOUND)
    title = _("Found: %(words)s") % {"words": asked.q} if asked.q else _("Found in the library")
    presentations = Presentation.objects.filter(pk__in=keys)
    back = f"{reverse('sessions:library')}?{asked.query()}"
    return Wanted("search", key, title, "library", presentations, back, query=asked.query())


FINDERS: dict[str, Finder] = {
    "edition": of_edition,
    "session": of_session,
    "track": of_track,
    "publication": of_publication,
    "mine": of_mine,
    "search": of_search,
}


def wanted(kind: str, key: str, viewer: Viewer, query: str = "") -> Wanted | None:
    """None when there is no such thing at all."""
    finder = FINDERS.get(kind)
    return finder(key, viewer, query) if finder else None


def as_guid(key: str) -> UUID:
    """One that nothing has if it is none."""
    try:
        return UUID(key)
    except ValueError:
        return UUID(int=0)


def as_number(key: str) -> int:
    return int(key) if key.isascii() and key.isdigit() and len(key) < 10 else 0
