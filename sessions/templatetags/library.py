"""Hits of the library as rows, and the links of its pages."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from conference.templatetags.texts import language_in_words, shown
from conference.viewer import ANONYMOUS
from sessions.access import Access, access_of_all
from sessions.library.asking import FACETS, Asked
from sessions.library.facets import labels_of
from sessions.library.found import PER_PAGE, Found, Hit, Piece
from sessions.library.names import names_of
from sessions.models import Kind, Presentation, Publication, Session
from sessions.models.library import LibraryEntry
from sessions.previews.covers import covers_of

register = template.Library()


class Chip(NamedTuple):
    facet: str
    label: str
    query: str


class Suggestion(NamedTuple):
    words: str
    query: str


@register.inclusion_tag("sessions/_library_hits.html", takes_context=True)
def hit_rows(context: template.Context, found: Found) -> dict[str, Any]:
    """One query for what opens the presentations among them, one for their covers."""
    viewer = getattr(context.get("request"), "viewer", ANONYMOUS)
    presentations = [hit.object for hit in found.hits if hit.kind == "presentation"]
    access = access_of_all(presentations, viewer) if presentations else {}
    covers = covers_of(presentations, viewer)
    rows = [row_of(hit, access) for hit in found.hits]
    for hit, row in zip(found.hits, rows, strict=True):
        row["cover"] = covers.get(hit.object.pk, "") if hit.kind == "presentation" else ""
    return {"rows": rows, "first": (found.page - 1) * PER_PAGE + 1}


def row_of(hit: Hit, access: dict[int, Access]) -> dict[str, Any]:
    opening = access.get(hit.object.pk) if hit.kind == "presentation" else None
    return {
        "kind": hit.kind,
        "label": capfirst(label_of(hit)),
        "url": title_url(hit),
        "title": marked(hit.title),
        "plain_title": "".join(piece.text for piece in hit.title),
        "sentence": marked(hit.sentence),
        "language": getattr(hit.object, "language", "")
        if hit.kind in ("presentation", "publication")
        else "",
        "facts": ", ".join(filter(None, facts_of(hit.object))),
        "page": hit.page,
        "page_url": page_url(hit) if hit.page else "",
        "state": opening.state if opening else "",
        "words": opening.words if opening else "",
    }


def label_of(hit: Hit) -> str:
    """What it is, in the words of its page: the kind of a presentation or session, else the kind of hit."""
    if isinstance(hit.object, Presentation):
        return str(Presentation.Kind(hit.object.kind).label)
    if isinstance(hit.object, Session):
        return str(Kind(hit.object.kind).label)
    return str(LibraryEntry.Kind(hit.kind).label)


def facts_of(thing: Any) -> list[str]:
    if isinstance(thing, Presentation | Session) and thing.edition_id:
        edition = shown(thing.edition, "short_title")[0]
        return [edition, language_in_words(thing.language) if isinstance(thing, Presentation) else ""]
    if isinstance(thing, Presentation):
        return [language_in_words(thing.language)]
    if isinstance(thing, Publication):
        return [str(thing.end_year or thing.start_year or "")]
    return []


def title_url(hit: Hit) -> str:
    """What was asked for and stands inside leads to its page; a title that says it leads to the thing itself."""
    is_inside = hit.page and not any(piece.is_marked for piece in hit.title)
    return page_url(hit) if is_inside else hit.object.get_absolute_url()


def page_url(hit: Hit) -> str:
    try:
        return reverse("sessions:page", args=[hit.object.guid, hit.page])
    except NoReverseMatch:
        return hit.object.get_absolute_url()


@register.filter
def marked(pieces: Iterable[Piece]) -> SafeString:
    """Every piece is text; those that were asked for stand out."""
    return format_html_join(
        "",
        "{}",
        ((format_html("<mark>{}</mark>", text) if is_marked else text,) for text, is_marked in pieces),
    )


@register.filter
def chosen_pairs(asked: Asked) -> list[tuple[str, str]]:
    """What new words keep: every facet that was chosen."""
    return [(name, value) for name in FACETS for value in asked.values(name)]


@register.filter
def without_words(asked: Asked) -> str:
    return asked.with_words("").query()


@register.filter
def on_page(asked: Asked, number: int) -> str:
    return asked.query(number)


@register.filter
def chips(found: Found) -> list[Chip]:
    """Every chosen value with the address that takes it away."""
    return [
        Chip(str(facet.label), str(one.label), one.query)
        for facet in found.facets
        for one in facet.values
        if one.is_chosen
    ]


@register.filter
def suggested(found: Found) -> list[Suggestion]:
    """Each suggested question as a link says it: its words, and what it is narrowed down to by name."""
    pairs = [pair for asked in found.suggestions for pair in chosen_pairs(asked)]
    by_facet: dict[str, set[str]] = {}
    for facet, value in pairs:
        by_facet.setdefault(facet, set()).add(value)
    names = names_of(by_facet)
    labels = {facet: labels_of(facet, names) for facet in by_facet}
    return [Suggestion(words_of(asked, labels), asked.query()) for asked in found.suggestions]


def words_of(asked: Asked, labels: dict[str, dict[str, str]]) -> str:
    chosen = [labels[facet].get(value, value) for facet, value in chosen_pairs(asked)]
    return ", ".join(filter(None, [asked.q, *chosen]))
