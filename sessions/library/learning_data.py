"""What machines read of a presentation: schema.org data for learning resources, with nothing empty in it.

In:  a presentation of for_page() and what opens it to everybody. Out: a dict for JSON-LD.
Source of the words: https://schema.org/LearningResource, https://schema.org/PresentationDigitalDocument; licences by the
addresses that Creative Commons gives them.
"""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from conference.linked_data import CONTEXT, without_empty
from conference.models import Edition
from conference.templatetags.texts import shown
from conference.viewer import ANONYMOUS
from sessions.access import Access
from sessions.event_data import absolute, edition_in_short
from sessions.exchange.calendar import short
from sessions.library.facts import ages_of, doi_address, words_of
from sessions.models import Presentation
from sessions.previews.access import pages_open_to
from sessions.previews.pages import COVER, SMALL
from sessions.previews.viewing import made_preview

Kind, Audience = Presentation.Kind, Presentation.Audience
TYPES = {
    Kind.SLIDES: "PresentationDigitalDocument", Kind.HANDOUT: "DigitalDocument", Kind.PAPER: "ScholarlyArticle",
    Kind.VIDEO: "VideoObject", Kind.AUDIO: "AudioObject", Kind.IMAGES: "ImageGallery",
}  # fmt: skip
LICENCES = {
    "cc-by": "https://creativecommons.org/licenses/by/4.0/",
    "cc-by-sa": "https://creativecommons.org/licenses/by-sa/4.0/",
    "cc-by-nc": "https://creativecommons.org/licenses/by-nc/4.0/",
}


def learning_data(presentation: Presentation, access: Access) -> dict[str, Any]:
    """Nothing of what the public may not know of."""
    if not access.is_public or presentation.audience == Audience.ORGANISERS:
        return {}
    said = words_of(presentation)
    file = presentation.current_file
    return {"@context": CONTEXT} | without_empty(
        {
            "@type": list(filter(None, ["LearningResource", TYPES.get(Kind(presentation.kind))])),
            "@id": absolute(presentation.get_absolute_url()),
            "name": presentation.title,
            "url": absolute(presentation.get_absolute_url()),
            "description": short(presentation.description),
            "inLanguage": presentation.language,
            "learningResourceType": str(Kind(presentation.kind).label),
            "license": LICENCES.get(presentation.licence),
            # An account costs nothing; what only attendees get is not free for the asking.
            "isAccessibleForFree": presentation.audience != Audience.ATTENDEES,
            "conditionsOfAccess": "" if access.is_open else access.words,
            "thumbnailUrl": thumbnail(presentation),
            "author": [people(credit) for credit in presentation.credits.all()],
            "datePublished": presentation.created_at.date().isoformat(),
            "dateModified": file.created_at.date().isoformat() if file else "",
            "encodingFormat": file.content_type if file else "",
            "educationalLevel": names(said["level"]),
            "audience": [
                {"@type": "EducationalAudience", "educationalRole": name} for name in names(said["audience"])
            ],
            "typicalAgeRange": ages_of(presentation).replace("–", "-").replace("+", "-"),
            "teaches": names(said["competence"]),
            "about": names([*said["topic"], *said["subject"]]),
            "spatialCoverage": country(presentation),
            "sameAs": doi_address(presentation.doi) if presentation.doi else "",
            "@reverse": {"workFeatured": event(presentation.edition)} if presentation.edition else {},
        }
    )


def names(rows: Any) -> list[str]:
    return [shown(row, "name")[0] for row in rows]


def people(credit: Any) -> dict[str, Any]:
    """The name as printed; an address only for whom the public has a page."""
    has_page = credit.is_on_stage and not credit.speaker.is_minor
    url = absolute(credit.speaker.get_absolute_url()) if has_page else ""
    return without_empty({"@type": "Person", "name": credit.public_name, "url": url})


def people_named(names: Iterable[str]) -> list[dict[str, Any]]:
    return [{"@type": "Person", "name": name} for name in names]


def thumbnail(presentation: Presentation) -> str:
    """The picture that stands for the whole, where everybody sees the first page."""
    preview = made_preview(presentation)
    number = COVER if preview and preview.has_cover else 1 if preview and preview.has_pictures else None
    if number is None or pages_open_to(presentation, ANONYMOUS) == 0:
        return ""
    return absolute(reverse("registration:page_picture", args=[presentation.guid, number, SMALL]))


def country(presentation: Presentation) -> dict[str, str]:
    found: Any = presentation.country
    return {"@type": "Country", "name": found.name} if found else {}


def event(edition: Edition) -> dict[str, Any]:
    return without_empty(edition_in_short(edition))
