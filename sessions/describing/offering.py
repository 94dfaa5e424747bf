"""What we can suggest about a presentation: from its session, and from the text once the worker has read it."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from sessions.describing.suggestions import PageText, Suggestions, by_topic, suggest
from sessions.models import Presentation, PresentationFile, Preview, PreviewPage, Session, Topic, TopicWord

MOST_PAGES = 100
MOST_LETTERS = 60_000  # of all of them; more says nothing new, and a form waits for it


@dataclass(frozen=True)
class Offered:
    """Suggestions for the form; keys of topics and competences, the best first."""

    topics: tuple[int, ...] = ()
    competences: tuple[int, ...] = ()
    title: str = ""
    language: str = ""

    def hints(self) -> dict[str, str]:
        """What stands below the fields of the title and the language."""
        names = dict(settings.LANGUAGES)
        found = {}
        if self.title:
            found["title"] = _("The file calls itself “%(title)s”.") % {"title": self.title}
        if self.language in names:
            language = capfirst(str(names[self.language]))
            found["language"] = _("The text seems to be in this language: %(language)s.") % {
                "language": language
            }
        return found


def offer_for_session(session: Session) -> Offered:
    """Before there is a file: what the session is about."""
    return Offered(
        topics=tuple(session.topics.values_list("pk", flat=True)),
        competences=tuple(session.competences.values_list("pk", flat=True)),
    )


def offer_for(presentation: Presentation) -> Offered:
    """What session and text say and the presentation does not say yet."""
    session = offer_for_session(presentation.session) if presentation.session else Offered()
    text = suggestions_from(presentation.versions.order_by("-number").first())
    chosen = set(presentation.topics.values_list("pk", flat=True))
    topics = dict.fromkeys((*text.topics, *session.topics))
    return Offered(
        topics=tuple(key for key in topics if key not in chosen),
        competences=session.competences,
        title="" if text.title == presentation.title else text.title,
        language="" if text.language == presentation.language else text.language,
    )


def suggestions_from(version: PresentationFile | None) -> Suggestions:
    """From the text of the newest version; nothing while there is none."""
    preview = version.preview if version else None
    if not preview or preview.state != Preview.State.DONE:
        return Suggestions()
    return suggest(first_pages(preview), topic_words(), said_language=preview.language)


def first_pages(preview: Preview) -> list[PageText]:
    """As many letters as say something, however many each page has."""
    rows = PreviewPage.objects.filter(preview=preview, number__lte=MOST_PAGES).order_by("number")
    pages, left = [], MOST_LETTERS
    for text, title in rows.values_list("text", "title"):
        pages.append(PageText(text[:left], title))
        left = max(0, left - len(text))
    return pages


def topic_words() -> list[Any]:
    """All ways to say the topics: their names in each language of the site, and their other words."""
    words: dict[int, list[tuple[str, str]]] = defaultdict(list)
    codes = [code for code, _name in settings.LANGUAGES]
    for key, *names in Topic.objects.values_list("pk", *(f"name_{code}" for code in codes)):
        words[key] += [(name, code) for name, code in zip(names, codes, strict=True) if name]
    for key, word, language in TopicWord.objects.values_list("topic", "word", "language"):
        words[key].append((word, language))
    return by_topic(words)
