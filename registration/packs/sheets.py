"""The pages that lie in every pack: its contents, and under which licence each work may be used."""

import io
import zlib
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils.translation import get_language

from conference.mail import absolute
from registration.packs.zipping import FIRST_DAY, Entry
from sessions.models import Presentation

if TYPE_CHECKING:
    from registration.packs.contents import Item, Pack

STYLE = Path(__file__).with_name("pack.css")
Licence = Presentation.Licence
DEEDS = {
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    Licence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
    Licence.CC_BY_NC: "https://creativecommons.org/licenses/by-nc/4.0/",
}


def sheets_of(pack: "Pack") -> list[Entry]:
    """As files of the ZIP. No word in them depends on when they are made: the same pack has the same bytes."""
    changed_at = max((item.version.created_at for item in pack.items), default=FIRST_DAY)
    context: dict[str, Any] = {
        "wanted": pack.wanted,
        "address": absolute(pack.wanted.back),
        "language": get_language() or "en",
        "groups": list(groups_of(pack)),
        "licences": list(licences_of(pack.items)),
    }
    pages = {
        "contents.html": render_to_string("registration/packs/contents.html", context).encode(),
        "licences.html": render_to_string("registration/packs/licences.html", context).encode(),
        "pack.css": STYLE.read_bytes(),
    }
    return [sheet(f"{pack.wanted.name}/{name}", content, changed_at) for name, content in pages.items()]


def sheet(name: str, content: bytes, changed_at: datetime) -> Entry:
    return Entry(name, len(content), zlib.crc32(content), changed_at, lambda start: io.BytesIO(content))


def groups_of(pack: "Pack") -> Iterable[dict[str, Any]]:
    """The rows of the contents page, below the session or edition they belong to."""
    last = None
    rows: list[dict[str, Any]] = []
    for item in pack.items:
        owner = item.presentation.session or item.presentation.edition
        if owner != last or not rows:
            rows, last = [], owner
            yield {"owner": owner, "rows": rows}
        rows.append(row_of(item, pack.wanted.name))


def row_of(item: "Item", folder: str) -> dict[str, Any]:
    return {
        "presentation": item.presentation,
        "version": item.version,
        "file": item.path.removeprefix(f"{folder}/"),
        "size": item.size,
        "link": item.link,
        "access": item.access,
        "page": absolute(item.presentation.get_absolute_url()),
        "credits": [credit.public_name for credit in item.presentation.credits.all()],
    }


def licences_of(items: Iterable["Item"]) -> Iterable[dict[str, Any]]:
    """Each licence with the works it holds for, in the order of the choices; only works that are in the pack."""
    given = [item for item in items if item.path or item.link]
    for licence in Licence:
        works = [item for item in given if item.presentation.licence == licence]
        if works:
            rows = [row_of(item, "") for item in works]
            yield {"words": licence.label, "deed": DEEDS.get(licence, ""), "rows": rows}
