"""Texts from strangers: without marks no database takes, on one line where one line is meant, cut where they must fit."""

import re
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from conference.languages import CODES
from sessions.exchange.reading.markup import from_html
from sessions.exchange.reading.refusals import RefusedSchedule, Remarks

LONGEST_TEXT = 100_000
MARKS = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")
SURROGATES = re.compile(r"[\ud800-\udfff]")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*")
LANGUAGE_NAMES = {
    "english": "en", "engels": "en", "englisch": "en", "anglais": "en", "dutch": "nl", "nederlands": "nl",
    "german": "de", "deutsch": "de", "duits": "de", "french": "fr", "français": "fr", "francais": "fr",
    "frans": "fr", "spanish": "es", "español": "es", "spaans": "es", "italian": "it", "italiano": "it",
    "italiaans": "it", "polish": "pl", "polski": "pl", "czech": "cs", "portuguese": "pt", "português": "pt",
}  # fmt: skip
TRUE = {"true", "1", "yes", "ja", "y", "j", "x", "wahr", "on"}


def said(value: Any, where: str) -> str:
    """The text of a value; of one in several languages the first that the site has, else the first."""
    if value is None:
        return ""
    if isinstance(value, dict):
        texts = {name: text for name, text in value.items() if isinstance(text, str) and text}
        named = (texts[name] for name in (*CODES, "name") if name in texts)
        value = next(named, next(iter(texts.values()), value if any(value.values()) else ""))
    if not isinstance(value, str | int | float):
        raise RefusedSchedule(_("this is not a text."), where)
    text = str(value)
    if "\x00" in text:
        raise RefusedSchedule(_("this text contains a NUL character."), where)
    text = SURROGATES.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n")
    return MARKS.sub("", text)


def line(value: Any, where: str, remarks: Remarks, limit: int = 300) -> str:
    """One line of at most so many characters."""
    text = " ".join(said(value, where).split())
    if len(text) > limit:
        words = _("too long, cut to %(limit)s characters: “%(text)s…”")
        remarks.add(where, words % {"limit": limit, "text": text[:60]})
        text = text[:limit].rstrip()
    return text


def prose(value: Any, where: str, remarks: Remarks) -> str:
    """Several lines of Markdown; HTML becomes Markdown."""
    text = said(value, where).strip()
    if len(text) > LONGEST_TEXT:
        remarks.add(where, _("too long, cut to %(limit)s characters.") % {"limit": LONGEST_TEXT})
        text = text[:LONGEST_TEXT].rstrip()
    return from_html(text)


def whole_number(value: Any) -> int | None:
    """A number that a database holds, or none."""
    text = str(value).strip() if isinstance(value, int | str) and not isinstance(value, bool) else ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None


def guid(value: Any, where: str, remarks: Remarks) -> str:
    text = said(value, where).strip()
    if not text:
        return ""
    try:
        return str(UUID(text)) if len(text) < 50 else ""
    except ValueError:
        remarks.add(where, _("“%(text)s” is no guid and is not used.") % {"text": text[:60]})
        return ""


def language(value: Any, where: str, remarks: Remarks) -> str:
    """A code such as en or pt-br."""
    text = said(value, where).strip()
    known = LANGUAGE_NAMES.get(text.lower())
    if known or not text:
        return known or ""
    if LANGUAGE.fullmatch(text) and len(text) <= 10:
        return text.replace("_", "-").lower()
    remarks.add(where, _("“%(text)s” is no code of a language and is not used.") % {"text": text[:60]})
    return ""


def truth(value: Any, where: str) -> bool:
    return value if isinstance(value, bool) else said(value, where).strip().lower() in TRUE
