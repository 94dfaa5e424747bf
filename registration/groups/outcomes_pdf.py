"""Approved outcomes as a tagged PDF, made once for the same words and kept."""

import hashlib
import json
import threading
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from conference.dates import dates_of
from conference.templatetags.texts import shown
from conference.typesetting import TypesettingFailed, typeset
from registration.groups.outcomes import FIELDS
from registration.models import Outcome
from sessions.models import Session

TEMPLATE = Path(__file__).with_name("outcomes.typ")
SECONDS = 20
KEPT = 200
AT_ONCE = threading.BoundedSemaphore(2)  # threads of a process that typeset; the others serve pages


class Busy(Exception):  # noqa: N818 - what the visitor is told
    """Others are being made at this moment, or it could not be made."""


def pdf_of(session: Session, outcomes: Iterable[Outcome]) -> bytes:
    """Of these outcomes, in the language of the page; raises Busy."""
    data = data_of(session, outcomes)
    kept = place_of(data)
    if kept.exists():
        return kept.read_bytes()
    if not AT_ONCE.acquire(blocking=False):
        raise Busy
    try:
        return put(kept, typeset(TEMPLATE, data, seconds=SECONDS))
    except TypesettingFailed as failure:
        raise Busy from failure
    finally:
        AT_ONCE.release()


def data_of(session: Session, outcomes: Iterable[Outcome]) -> dict[str, Any]:
    edition = session.edition
    return {
        "lang": (get_language() or settings.LANGUAGE_CODE).split("-")[0],
        "hue": edition.accent_hue,
        "lacks_glyphs": False,
        "title": one_line(shown(session, "title")[0]),
        "edition": one_line(shown(edition, "title")[0]),
        "when": one_line(str(dates_of(edition) or "")),
        "address": settings.SITE_URL + session.get_absolute_url(),
        "words": {
            "outcomes": _("Outcomes"),
            "action": _("Action"),
            "who": _("Who"),
            "deadline": _("By when"),
            "contact": _("Contact"),
        },
        "sections": sections_of(outcomes),
    }


def sections_of(outcomes: Iterable[Outcome]) -> list[dict[str, Any]]:
    """By group, in the order in which they come; without a group, by the part of the session."""
    return [
        {"name": name, "rows": [{field: getattr(row, field) for field in FIELDS} for row in rows]}
        for name, rows in groupby(outcomes, name_of_circle)
    ]


def name_of_circle(outcome: Outcome) -> str:
    return one_line(shown(outcome.group or outcome.session, "name" if outcome.group else "title")[0])


def one_line(words: str) -> str:
    return " ".join(words.split())


def place_of(data: dict[str, Any]) -> Path:
    said = json.dumps(data, sort_keys=True).encode() + TEMPLATE.read_bytes()
    return Path(settings.DATA_DIR) / "outcomes" / f"{hashlib.sha256(said).hexdigest()[:32]}.pdf"


def put(kept: Path, pdf: bytes) -> bytes:
    """Whole or not at all; of the oldest, those beyond what is kept are thrown away."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    part = kept.with_suffix(f".{threading.get_ident()}.part")
    part.write_bytes(pdf)
    part.replace(kept)
    by_age = sorted(kept.parent.glob("*.pdf"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in by_age[KEPT:]:
        path.unlink(missing_ok=True)
    return pdf
