"""Presentations and publications as works that can be cited."""

from datetime import date

from django.conf import settings
from django.utils.text import capfirst

from conference.models import Edition, Site
from conference.templatetags.texts import shown
from sessions.library.citing import Medium, Work
from sessions.models import Presentation, Publication

MEDIA: dict[str, Medium] = {"slides": "slides", "paper": "paper", "video": "video", "audio": "audio"}
Precision = Edition.Precision


def work_of(presentation: Presentation) -> Work:
    """From a row of for_page(); what is asked besides are its topics and the name of the site."""
    edition = presentation.edition
    return Work(
        guid=str(presentation.guid),
        title=presentation.title,
        url=settings.SITE_URL + presentation.get_absolute_url(),
        medium=MEDIA.get(presentation.kind, "other"),
        authors=tuple(credit.public_name for credit in presentation.credits.all()),
        issued=issued_at(edition, presentation.created_at.date()),
        event=shown(edition, "title")[0] if edition else "",
        place=place_of(edition) if edition else "",
        publisher=publisher(),
        language=presentation.language,
        licence=str(presentation.get_licence_display()),
        doi=presentation.doi,
        abstract=presentation.description,
        topics=tuple(shown(topic, "name")[0] for topic in presentation.topics.all()),
    )


def work_of_publication(publication: Publication) -> Work:
    return Work(
        guid=str(publication.guid),
        title=": ".join(filter(None, (publication.title, publication.subtitle))),
        url=settings.SITE_URL + publication.get_absolute_url(),
        medium="book",
        editors=tuple(name.strip() for name in publication.editors.split(",") if name.strip()),
        issued=date_parts(publication.published_on) or years(publication.end_year or publication.start_year),
        publisher=publisher(),
        language=publication.language,
        licence=str(publication.get_licence_display()),
        doi=publication.doi,
        abstract=publication.introduction,
    )


def issued_at(edition: Edition | None, written_on: date) -> tuple[int, ...]:
    """When it was presented, as far as that is known; a practice of a member is as old as its entry."""
    if edition is None or not edition.starts_on:
        return date_parts(written_on)
    known = {Precision.YEAR: 1, Precision.MONTH: 2}
    return date_parts(edition.starts_on)[: known.get(Precision(edition.date_precision), 3)]


def date_parts(day: date | None) -> tuple[int, ...]:
    return (day.year, day.month, day.day) if day else ()


def years(year: int | None) -> tuple[int, ...]:
    return (year,) if year else ()


def place_of(edition: Edition) -> str:
    country = edition.country.name if edition.country else ""  # type: ignore[attr-defined]
    return ", ".join(filter(None, (shown(edition, "city")[0], country)))


def publisher() -> str:
    site = Site.objects.filter(pk=1).first()
    return capfirst(shown(site, "name")[0]) if site else ""
