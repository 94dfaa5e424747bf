"""A publication as plain data for the typesetter, in the language of the page; of gated parts only the names."""

import base64
from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.conf import settings
from django.utils.html import escape
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from PIL import Image

from conference.dates import date_format
from conference.pictures import READING_ERRORS
from conference.templatetags.texts import file_size, language_in_words, shown
from sessions.booklet.prose import blocks_of, plain
from sessions.models import Presentation, Publication
from sessions.models.presentation_file import private_storage
from sessions.publications.outcomes import Decision
from sessions.publications.source import Book, Chapter, Piece
from sessions.templatetags.presentations import format_name

LONGEST_SIDE = 1200  # pixels of a picture on paper
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}"><image width="{0}" height="{1}" href="{2}"/></svg>'


Draw = Callable[[str], str | None]  # of a name in the private store


def pages_of(book: Book, draw: Draw | None = None) -> dict[str, Any]:
    """Everything that the typesetter needs; sessions/booklet/publication.typ says how it looks.

    With `name_of` to draw, the same data tell quickly whether anything has changed: no picture is opened for it.
    """
    draw = draw or picture_of
    publication = book.publication
    online = settings.SITE_URL + publication.get_absolute_url()
    return {
        "lang": (get_language() or settings.LANGUAGE_CODE).split("-")[0],
        "own_lang": publication.language,
        "lacks_glyphs": False,
        "words": words_of(book),
        "title": plain(publication.title),
        "subtitle": plain(publication.subtitle),
        "series": series_of(publication),
        "years": years_of(publication),
        "editors": plain(publication.editors),
        "facts": facts_of(publication),
        "address": online,
        "address_shown": plain(online),
        "introduction": blocks_of(publication.introduction, first=2),
        "front": [piece(one, draw) for one in book.front.pieces],
        "chapters": [chapter(one, draw) for one in book.chapters],
    }


def series_of(publication: Publication) -> Any:
    """Nothing where the title says the same."""
    series, language = shown(publication.series, "title") if publication.series else ("", "")
    return said(series, language) if series and series != publication.title else None


def words_of(book: Book) -> dict[str, str]:
    return {
        "contents": _("Contents"),
        "editors": _("Editors"),
        "introduction": _("Introduction"),
        "foreword": _("At the start"),
        "about": _("About this publication"),
        "outcomes": _("Outcomes"),
        "presentation": _("Presentation"),
        "first_page": _("First page"),
        "text": _("A text of the editors"),
        "gated": _("Open with a free account, at the address of this publication."),
        "holds": _("This PDF holds what is open to everybody, and the names of all other parts.")
        if book.needs_account
        else "",
        "lacks_glyphs": _("Letters that could not be printed here stand as □. The site shows them."),
    }


def years_of(publication: Publication) -> str:
    years = sorted({year for year in (publication.start_year, publication.end_year) if year})
    return "–".join(map(str, years))


def facts_of(publication: Publication) -> list[list[str]]:
    facts = [
        [_("Licence"), f"{publication.get_licence_display()}. {_('Presentations have their own.')}"],
        [_("Language"), language_in_words(publication.language)],
    ]
    if publication.published_on:
        facts.append([_("Published"), date_format(publication.published_on, "j F Y")])
    if publication.doi:
        facts.append(["DOI", publication.doi])
    return [[plain(word), plain(value)] for word, value in facts]


def said(text: str, language: str = "") -> dict[str, str]:
    """A text with its language if that is not the page's."""
    return {"text": plain(text), "lang": language}


def chapter(one: Chapter, draw: Draw) -> dict[str, Any]:
    return {
        "title": said(one.title or "–", one.language),
        "years": plain(one.theme.years) if one.theme else "",
        "body": blocks_of(one.part.body if one.part else "", first=2),
        "pieces": [piece(each, draw) for each in one.pieces],
    }


def piece(one: Piece, draw: Draw) -> dict[str, Any]:
    part = one.part
    return {
        "kind": part.kind,
        "title": said(one.title or part.picture_text, one.language),
        "is_open": one.is_open,
        "body": blocks_of(part.body) if one.is_open else [],
        "picture": draw(str(part.picture)) if one.is_open and part.picture else None,
        "picture_text": plain(part.picture_text),
        "cover": draw(one.cover) if one.cover else None,
        "presentation": presentation(one.presentation) if one.presentation else None,
        "decisions": [decision(each) for each in one.decisions],
    }


def presentation(one: Presentation) -> dict[str, Any]:
    """What everybody may know of it; the file itself goes by its own rule, on the site."""
    file = one.current_file
    facts = [
        capfirst(one.get_kind_display()),
        format_name(file),
        file_size(file.size) if file and file.size else "",
    ]
    facts += [language_in_words(one.language), str(one.get_licence_display())]
    online = settings.SITE_URL + one.get_absolute_url()
    return {
        "people": plain(", ".join(credit.public_name for credit in one.credits.all())),  # type: ignore[attr-defined]
        "body": blocks_of(one.description),
        "lang": one.language,
        "facts": plain(" · ".join(filter(None, facts))),
        "open_to": plain(_("Open to: %(audience)s") % {"audience": one.get_audience_display()}),
        "address": online,
        "address_shown": plain(online),
    }


def decision(one: Decision) -> dict[str, Any]:
    rows = [
        (_("Action"), one.action), (_("Who"), one.who), (_("By when"), one.deadline), (_("Contact"), one.contact),
    ]  # fmt: skip
    return {
        "circle": plain(one.circle),
        "problem": plain(one.problem) or "–",
        "rows": [[word, plain(text)] for word, text in rows if text],
    }


def name_of(name: str) -> str | None:
    """A picture by its name and size, each new one has another; nothing if the file is gone."""
    try:
        return f"{name} {private_storage().size(name)}"
    except OSError:
        return None


def picture_of(name: str) -> str | None:
    """As SVG around a small JPEG, because only texts go to the typesetter; nothing if the file is gone."""
    try:
        with private_storage().open(name) as file, Image.open(file) as original:
            pixels = original.convert("RGBA")
            paper = Image.new("RGB", pixels.size, "white")
            paper.paste(pixels, mask=pixels.getchannel("A"))
            paper.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    except READING_ERRORS:
        return None
    target = BytesIO()
    paper.save(target, "JPEG", quality=80)
    href = f"data:image/jpeg;base64,{base64.b64encode(target.getvalue()).decode()}"
    return PICTURE.format(paper.width, paper.height, escape(href))
