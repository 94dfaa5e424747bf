"""What is found of a presentation, session, speaker or publication: its texts by field, and its values by facet.

Only what belongs to the thing itself and is as public as it is: a speaker's entry says nothing of sessions, because
those may be hidden while the speaker is not.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.translation import override
from django_countries import countries

from sessions.library.asking import AGES
from sessions.library.words import LANGUAGES, known
from sessions.models import LibraryEntry, Presentation, Publication, PublicationPart, Session, Topic
from sessions.previews.access import OPEN_OF_PRACTICES
from speakers.models import Speaker

SHOWN = [code for code, _name in settings.LANGUAGES]
FOR_ALL = "all"
Facets = dict[str, list[str]]


@dataclass(frozen=True)
class Content:
    """Texts as people wrote them; `front` and `rest` are the pages before and after the gate."""

    title: str
    words: list[str]
    description: str = ""
    front: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    languages: tuple[str, ...] = LANGUAGES  # of the pages
    open_pages: int = 0
    year: int = 0
    facets: Facets = field(default_factory=dict)


def presentation_content(row: Presentation) -> Content:
    """Needs the rows that `index.PRESENTATIONS` reads along."""
    session, edition, theme = row.session, row.edition, theme_of(row)
    topics = {topic.pk: topic for topic in [*row.topics.all(), *(session.topics.all() if session else ())]}
    described = [*row.for_whom.all(), *row.levels.all(), *row.subjects.all(), *row.competences.all()]
    words = [credit.public_name for credit in row.credits.all()] + topic_words(topics.values())
    words += [said(one, "name") for one in described] + names_of_language(row.language)
    words += names_of_country(str(row.country)) + names_of_kind(row.kind)
    words += [said(session, "title")] if session else []
    words += around(edition, theme)
    open_pages = pages_before_the_gate(row)
    pages = pages_of(row)
    year = year_of(edition) or (theme.start_year if theme else 0) or row.created_at.year
    facets = {
        **facets_around("presentation", edition, theme, year),
        **described_facets(row),
        "topic": [topic.slug for topic in topics.values()],
        "language": [row.language],
        "kind": [row.kind],
        "country": [str(row.country)] if row.country else [],
        "licence": [row.licence],
    }
    return Content(
        row.title, words, row.description, pages[:open_pages], pages[open_pages:],
        known(row.language), open_pages, year, facets,
    )  # fmt: skip


def session_content(row: Session) -> Content:
    edition, topics = row.edition, list(row.topics.all())
    words = [appearance.speaker.public_name for appearance in row.appearances.all()]
    words += [a.organisation.name for a in row.appearances.all() if a.organisation] + topic_words(topics)
    words += [said(one, "name") for one in row.competences.all()] + names_of_language(row.language)
    words += [said(one, "name") for one in (row.session_type, row.track) if one]
    words += around(edition, edition.theme)
    texts = [said(row, name) for name in ("subtitle", "abstract", "description")]
    year = year_of(edition)
    facets = {
        **facets_around("session", edition, edition.theme, year),
        "topic": [topic.slug for topic in topics],
        "language": [row.language] if row.language else [],
        "competence": [one.slug for one in row.competences.all()],
    }
    return Content(said(row, "title"), words, "\n".join(texts), year=year, facets=facets)


def speaker_content(row: Speaker) -> Content:
    """A minor has no entry that says more than a first name, and search leaves even that out."""
    country = str(row.country)
    facets = {"what": ["speaker"], "country": [country] if country else []}
    biography = "" if row.is_minor else row.biography
    return Content(row.public_name, names_of_country(country), biography, facets=facets)


def publication_content(row: Publication) -> Content:
    """Its contents are public; texts for members are matched for members only."""
    themes, parts = list(row.themes.all()), list(row.parts.all())
    texts = [part for part in parts if part.body]
    of_everybody = [part.body for part in texts if part.open_to == PublicationPart.OpenTo.EVERYONE]
    of_members = [part.body for part in texts if part.open_to != PublicationPart.OpenTo.EVERYONE]
    words = [row.editors, *(said(theme, "title") for theme in themes), *names_of_language(row.language)]
    year = row.end_year or row.start_year or (row.published_on.year if row.published_on else 0)
    facets = {
        "what": ["publication"],
        "theme": [theme.slug for theme in themes],
        "year": [str(year)] if year else [],
        "language": [row.language],
        "licence": [row.licence],
    }
    words += [part.title for part in parts]
    texts_of_everybody = "\n".join([row.introduction, *of_everybody])
    title = f"{row.title}\n{row.subtitle}"
    return Content(title, words, texts_of_everybody, rest=of_members, year=year, facets=facets)


def pages_of(row: Presentation) -> list[str]:
    """The text of each page in order, of the public version only; an empty one for a page without words."""
    preview = row.current_file.preview if row.current_file else None
    if not preview:
        return []
    texts = {}
    for page in preview.pages.all():
        notes = page.notes if row.notes_are_shown else ""
        texts[page.number] = f"{page.text}\n{notes}".strip()
    return [texts.get(number, "") for number in range(1, max(texts, default=0) + 1)]


def pages_before_the_gate(row: Presentation) -> int:
    if row.open_pages is not None:
        return row.open_pages
    return row.edition.open_pages if row.edition else OPEN_OF_PRACTICES


def said(row: Any, name: str) -> str:
    """A text of the organisers in every language it has."""
    texts = [getattr(row, f"{name}_{code}", None) for code in SHOWN] + [getattr(row, name)]
    return "\n".join(dict.fromkeys(text for text in texts if text))


def topic_words(topics: Iterable[Topic]) -> list[str]:
    return [text for topic in topics for text in (said(topic, "name"), *(w.word for w in topic.words.all()))]


def in_every_language(name: Callable[[], Any]) -> list[str]:
    texts = []
    for code in LANGUAGES:
        with override(code):
            texts.append(str(name()))
    return list(dict.fromkeys(texts))


@lru_cache
def names_of_kind(kind: str) -> list[str]:
    return in_every_language(lambda: dict(Presentation.Kind.choices)[kind])


@lru_cache
def names_of_language(code: str) -> list[str]:
    name = dict(settings.LANGUAGES).get(code)
    return in_every_language(lambda: name) if name else []


@lru_cache
def names_of_country(code: str) -> list[str]:
    return in_every_language(lambda: countries.name(code)) if code else []


def theme_of(row: Presentation) -> Any:
    return row.theme or (row.edition.theme if row.edition else None)


def around(edition: Any, theme: Any) -> list[str]:
    texts = [said(edition, "title"), said(edition, "short_title")] if edition else []
    return [*texts, said(theme, "title")] if theme else texts


def year_of(edition: Any) -> int:
    return edition.starts_on.year if edition and edition.starts_on else 0


def facets_around(what: str, edition: Any, theme: Any, year: int) -> Facets:
    return {
        "what": [what],
        "edition": [edition.slug] if edition else [],
        "theme": [theme.slug] if theme else [],
        "year": [str(year)] if year else [],
    }


def described_facets(row: Presentation) -> Facets:
    """Without level or subject it is for all of them, and is found under each."""
    return {
        "audience": [one.slug for one in row.for_whom.all()],
        "level": [one.slug for one in row.levels.all()] or [FOR_ALL],
        "subject": [one.slug for one in row.subjects.all()] or [FOR_ALL],
        "competence": [one.slug for one in row.competences.all()],
        "age": ages(row.age_from, row.age_to),
    }


def ages(first: int | None, last: int | None) -> list[str]:
    """The groups of ages it touches; all of them where none is said."""
    low, high = first or 0, 200 if last is None else last
    found = [name for name, (start, end) in AGES.items() if start <= high and end >= low]
    return [FOR_ALL] if len(found) == len(AGES) else found


CONTENTS: dict[str, Callable[[Any], Content]] = {
    LibraryEntry.Kind.PRESENTATION: presentation_content,
    LibraryEntry.Kind.SESSION: session_content,
    LibraryEntry.Kind.SPEAKER: speaker_content,
    LibraryEntry.Kind.PUBLICATION: publication_content,
}
