"""What machines read of a publication: a schema.org book with its chapters, with nothing empty in it.

In:  a published publication as `book_of` makes it. Out: a dict for JSON-LD, the same whoever looks.
Source of the words: https://schema.org/Book, https://schema.org/Chapter, https://schema.org/LearningResource
"""

from typing import Any

from conference.linked_data import CONTEXT, without_empty
from sessions.event_data import absolute
from sessions.exchange.calendar import short
from sessions.library.facts import doi_address
from sessions.library.learning_data import LICENCES, people_named
from sessions.library.works import publisher, work_of_publication
from sessions.publications.source import Book, Chapter


def publication_data(book: Book) -> dict[str, Any]:
    """Nothing of what is not published yet."""
    found = book.publication
    if not found.is_published:
        return {}
    address = absolute(found.get_absolute_url())
    return {"@context": CONTEXT} | without_empty(
        {
            "@type": ["Book", "LearningResource"],
            "@id": address,
            "name": found.title,
            "alternativeHeadline": found.subtitle,
            "url": address,
            "description": short(found.introduction),
            "inLanguage": found.language,
            "license": LICENCES.get(found.licence),
            # What is not open to everybody opens with an account, which costs nothing.
            "isAccessibleForFree": True,
            "editor": people_named(work_of_publication(found).editors),
            "publisher": without_empty({"@type": "Organization", "name": publisher()}),
            "datePublished": str(found.published_on or found.end_year or found.start_year or ""),
            "dateModified": found.updated_at.date().isoformat(),
            "temporalCoverage": years_of(found.start_year, found.end_year),
            "sameAs": doi_address(found.doi) if found.doi else "",
            "hasPart": [chapter_data(book, one) for one in book.chapters],
        }
    )


def years_of(first: int | None, last: int | None) -> str:
    """As ISO 8601 writes an interval; a single year where only one is known."""
    return "/".join(dict.fromkeys(str(year) for year in (first, last) if year))


def chapter_data(book: Book, chapter: Chapter) -> dict[str, Any]:
    return without_empty(
        {
            "@type": "Chapter",
            "name": chapter.title,
            "position": chapter.number,
            "inLanguage": chapter.language,
            "url": absolute(book.address_of(chapter)),
        }
    )
