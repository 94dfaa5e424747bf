"""Addresses in a schedule: every one absolute, relative ones joined with the address of the house they came from."""

import re
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from django.utils.translation import gettext as _

from sessions.exchange.reading.refusals import Remarks
from sessions.exchange.reading.texts import said

LONGEST = 2000
SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
HOST = re.compile(r"[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)*\.([a-zA-Z]{2,24})(:\d+)?([/?#].*)?")
FILES = {
    "pdf",
    "png",
    "jpg",
    "jpeg",
    "gif",
    "svg",
    "html",
    "htm",
    "php",
    "txt",
    "odp",
    "pptx",
    "zip",
    "webp",
    "md",
}


def absolute(value: Any, base: str, where: str, remarks: Remarks) -> str:
    """The address with scheme and host, "" where there is none or it leads nowhere a browser goes."""
    text = "".join(said(value, where).split("\n")).strip()
    if not text:
        return ""
    found = _joined(quote(text, safe="%/:=&?~#+!$,;'@()*[]"), base) if " " in text else _joined(text, base)
    if is_web(found) and len(found) <= LONGEST:
        return found
    remarks.add(where, _("“%(text)s” is no address on the web and is not used.") % {"text": text[:80]})
    return ""


def _joined(text: str, base: str) -> str:
    if text.startswith("//"):
        return "https:" + text
    if SCHEME.match(text) and not re.match(r"[^/]+:\d", text):
        return text
    named = HOST.fullmatch(text)
    if named and named[2].lower() not in FILES:
        return f"https://{text}"
    try:
        return urljoin(base, text) if base else ""
    except ValueError:
        return ""


def is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return (
            parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"[\s<>\"]", address)
        )
    except ValueError:
        return False
