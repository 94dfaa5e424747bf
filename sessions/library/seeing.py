"""What of the library a viewer may find: things by their key, and how far into each."""

from collections.abc import Iterable
from datetime import datetime

from conference.viewer import Viewer
from sessions.models import LibraryEntry, Presentation, Publication, Session
from sessions.models.session_type import Kind as SessionKind
from sessions.previews.access import with_pages_open
from speakers.models import Speaker

Kind = LibraryEntry.Kind
Seen = dict[int, int | None]  # key → so many first pages are open, None: all of it


def presentations_seen(viewer: Viewer, at: datetime | None, keys: Iterable[int] | None) -> Seen:
    rows = Presentation.objects.all() if keys is None else Presentation.objects.filter(pk__in=keys)
    known = with_pages_open(rows, viewer, at).order_by()
    return dict(known.values_list("pk", "pages_open"))  # type: ignore[misc] # annotated


def sessions_seen(viewer: Viewer, at: datetime | None, keys: Iterable[int] | None) -> Seen:
    """What has a public page, but nobody looks for a lunch; drafts are found in the admin."""
    rows = Session.objects.known().exclude(kind=SessionKind.BREAK)
    rows = rows if keys is None else rows.filter(pk__in=keys)
    return dict.fromkeys(rows.order_by().values_list("pk", flat=True))


def speakers_seen(viewer: Viewer, at: datetime | None, keys: Iterable[int] | None) -> Seen:
    """Minors have a page, but nobody finds it by searching."""
    rows = Speaker.objects.on_stage().filter(is_minor=False)
    rows = rows if keys is None else rows.filter(pk__in=keys)
    return dict.fromkeys(rows.order_by().values_list("pk", flat=True))


def publications_seen(viewer: Viewer, at: datetime | None, keys: Iterable[int] | None) -> Seen:
    """Its contents are public; what it tells members only is all open to whoever has an account."""
    rows = Publication.objects.published()
    rows = rows if keys is None else rows.filter(pk__in=keys)
    is_member = viewer.user_id is not None or viewer.is_organiser
    return dict.fromkeys(rows.order_by().values_list("pk", flat=True), None if is_member else 0)


SEEN = {
    Kind.PRESENTATION: presentations_seen,
    Kind.SESSION: sessions_seen,
    Kind.SPEAKER: speakers_seen,
    Kind.PUBLICATION: publications_seen,
}
