"""How a presentation is described: for whom, at which level, about what; each word leads into the library."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import models
from django.db.models import F, Value
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from conference.addresses import address
from conference.templatetags.texts import shown
from sessions.models import Audience, Competence, Level, Presentation, Subject, Topic

OF_MODEL = {
    "topic": Topic,
    "audience": Audience,
    "level": Level,
    "subject": Subject,
    "competence": Competence,
}
NAMES = [f"name_{code}" for code, _language in settings.LANGUAGES]
Words = dict[str, list[SimpleNamespace]]  # by facet: rows with a slug and names in every language


@dataclass(frozen=True)
class Link:
    words: str
    url: str


@dataclass(frozen=True)
class Fact:
    label: str
    links: list[Link]


def words_of(presentation: Presentation) -> Words:
    """All its words in one query, kept on the row for whoever asks again."""
    if not hasattr(presentation, "own_words"):
        found: Words = {facet: [] for facet in OF_MODEL}
        first, *others = [rows_of(facet, presentation) for facet in OF_MODEL]
        for facet, _position, slug, *names in first.union(*others, all=True).order_by("place"):
            row = SimpleNamespace(slug=slug, name="", **dict(zip(NAMES, names, strict=True)))
            found[facet].append(row)
        presentation.own_words = found  # type: ignore[attr-defined]
    return presentation.own_words  # type: ignore[attr-defined]


def rows_of(facet: str, presentation: Presentation) -> Any:
    model: Any = OF_MODEL[facet]
    place = Value(0, models.PositiveIntegerField()) if model is Topic else F("position")
    rows = model.objects.filter(presentations=presentation).order_by()
    facet_name = Value(facet, models.CharField())
    return rows.annotate(facet=facet_name, place=place).values_list("facet", "place", "slug", *NAMES)


def facts_about(presentation: Presentation) -> list[Fact]:
    """Only what was said of it."""
    said = words_of(presentation)
    topics = [Link(shown(one, "name")[0], address("sessions:topic", one.slug)) for one in said["topic"]]
    found = [
        Fact(_("Topics"), topics),
        Fact(_("For whom"), words("audience", said["audience"])),
        Fact(_("Education level"), words("level", said["level"])),
        Fact(_("Age"), [Link(ages, "")] if (ages := ages_of(presentation)) else []),
        Fact(_("Subject"), words("subject", said["subject"])),
        Fact(_("Competence"), words("competence", said["competence"])),
        Fact(_("Country"), country_of(presentation)),
        Fact(
            _("DOI"),
            [Link(presentation.doi, doi_address(presentation.doi))] if presentation.doi else [],
        ),
    ]
    return [fact for fact in found if fact.links]


def words(facet: str, rows: list[SimpleNamespace]) -> list[Link]:
    return [Link(shown(row, "name")[0], into(**{facet: row.slug})) for row in rows]


def country_of(presentation: Presentation) -> list[Link]:
    country: Any = presentation.country
    return [Link(country.name, into(country=country.code))] if country else []


def doi_address(doi: str) -> str:
    return f"https://doi.org/{quote(doi, safe='/')}"


def into(**asked: str) -> str:
    return f"{address('sessions:library')}?{urlencode(asked)}"


def ages_of(presentation: Presentation) -> str:
    """“10–12”, “10+” or “–12”; nothing where nothing is said."""
    first, last = presentation.age_from, presentation.age_to
    if first is None and last is None:
        return ""
    if last is None:
        return f"{first}+"
    return str(last) if first == last else f"{'' if first is None else first}–{last}"
