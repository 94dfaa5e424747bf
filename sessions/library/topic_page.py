"""What the library has about a topic: presentations of all years, sessions, and the words by which it is found."""

from dataclasses import dataclass

from django.db.models import F, Q
from django.utils.translation import get_language

from conference.models import Edition
from conference.templatetags.texts import shown
from conference.viewer import Viewer
from sessions.access import with_access
from sessions.models import Kind, Presentation, Session, Topic
from sessions.previews.covers import with_cover

MOST = 100  # of each; the library has the rest


@dataclass(frozen=True)
class TopicPage:
    presentations: list[Presentation]  # the newest editions first
    years: list[tuple[Edition, list[Session]]]
    words: list[str]

    @property
    def is_empty(self) -> bool:
        return not self.presentations and not self.years


def page_of(topic: Topic, viewer: Viewer) -> TopicPage:
    """Three queries, however much there is."""
    return TopicPage(presentations_about(topic, viewer), sessions_about(topic), words_of(topic))


def presentations_about(topic: Topic, viewer: Viewer) -> list[Presentation]:
    """Its own topics count, and those of its session."""
    about = Presentation.objects.filter(Q(topics=topic) | Q(session__topics=topic)).values("pk")
    listed = Presentation.objects.filter(pk__in=about).listed_to(viewer)
    newest = F("edition__starts_on").desc(nulls_last=True)
    rows = with_cover(with_access(listed, viewer)).select_related(
        "current_file__preview", "session", "edition"
    )
    return list(rows.order_by(newest, "position", "title", "pk")[:MOST])


def sessions_about(topic: Topic) -> list[tuple[Edition, list[Session]]]:
    """By edition, the latest first."""
    newest = F("edition__starts_on").desc(nulls_last=True)
    sessions = topic.sessions.published().exclude(kind=Kind.BREAK)  # type: ignore[attr-defined]
    found = sessions.select_related("edition", "session_type").order_by(
        newest, "edition", "position", "number", "title"
    )
    years: dict[int, tuple[Edition, list[Session]]] = {}
    for session in found[:MOST]:
        years.setdefault(session.edition_id, (session.edition, []))[1].append(session)
    return list(years.values())


def words_of(topic: Topic) -> list[str]:
    """The other words in the visitor's language, and those of every language."""
    asked = (get_language() or "en").split("-")[0]
    name = shown(topic, "name")[0].casefold()
    return [
        row.word for row in topic.words.all() if row.language in ("", asked) and row.word.casefold() != name
    ]
