"""A certificate on paper: a tagged PDF with a QR code, and the same facts once more for machines."""

import io
import json
import threading
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import segno
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from conference.dates import date_format
from conference.mail import absolute
from conference.typesetting import TypesettingFailed, typeset_each
from registration.certificates.words import breakable, grouped, hours_in_words, part_in_words
from registration.models import Certificate

TEMPLATE = Path(__file__).with_name("certificate.typ")
FONTS = [
    "Libertinus Serif", "Noto Sans", "Noto Sans Arabic", "Noto Sans SC", "Noto Sans KR", "Noto Sans Hebrew",
    "Noto Sans Devanagari", "Noto Sans Thai", "Noto Sans Georgian", "Noto Sans Armenian", "Noto Emoji", "DejaVu Sans Mono",
]  # fmt: skip
SEATS = threading.BoundedSemaphore(2)  # of the threads of a process, so that pages are served meanwhile
PATIENCE = 10  # seconds that a person waits for a seat


def pdf_of(certificate: Certificate) -> bytes:
    """Made when it is asked for and kept nowhere; raises TypesettingFailed, also when too many ask at once."""
    if not SEATS.acquire(timeout=PATIENCE):
        raise TypesettingFailed("too many at once")
    try:
        return pdfs_of([certificate])[0]
    finally:
        SEATS.release()


def pdfs_of(certificates: Sequence[Certificate], seconds: int = 40) -> list[bytes]:
    """One file of each, from one process."""
    return typeset_each(TEMPLATE, [paper_of(one) for one in certificates], seconds=seconds)


def file_name(certificate: Certificate) -> str:
    return f"certificate-{certificate}.pdf"


def address_of(certificate: Certificate) -> str:
    """Where anybody checks it, in the language of the certificate."""
    with translation.override(certificate.language):
        return absolute(reverse("registration:verify", args=[certificate.code]))


def embedded(certificate: Certificate) -> dict[str, Any]:
    """The facts for machines, as they stand on the paper."""
    return {
        "number": str(certificate),
        "code": certificate.code,
        "verify": address_of(certificate),
        "name": certificate.name,
        "hours": str(certificate.hours),
        "language": certificate.language,
        "issued_at": certificate.issued_at.isoformat(),
        **certificate.facts,
    }


def paper_of(certificate: Certificate) -> dict[str, Any]:
    """What the template sets, every word in the language of the certificate."""
    facts = certificate.facts
    with translation.override(certificate.language):
        zone = certificate.edition.zone
        issued_on = certificate.issued_at.astimezone(zone).date()
        address, edition = address_of(certificate), facts["edition"]
        hours = hours_in_words(certificate.hours)
        words = words_of(certificate, hours, date_format(issued_on, "j F Y"))
        where = ", ".join(filter(None, [edition["place"], edition["dates"]]))
        return {
            "lang": certificate.language,
            "fonts": FONTS,
            "hue": edition["hue"],
            "words": words,
            "title": f"{words['certificate']}: {certificate.name}",
            "description": f"{certificate.name}. {edition['title']}. {where}. {words['hours']}.",
            "keywords": [str(certificate), certificate.code],
            "issued_on": [issued_on.year, issued_on.month, issued_on.day],
            "issuer": facts["issuer"]["name"],
            "name": breakable(certificate.name),
            "organisation": breakable(facts["organisation"]),
            "edition": {"title": breakable(edition["title"]), "lang": edition["lang"]},
            "where": where,
            "parts": [
                one | {"words": part_in_words(one["part"]), "title": breakable(one["title"])}
                for one in facts["parts"]
            ],
            "sessions": [session_row(one, zone) for one in facts["sessions"]],
            "outcomes": by_framework(facts["outcomes"]),
            "text": [line for line in facts["text"].splitlines() if line.strip()] or "",
            "signed_by": facts["signed_by"],
            "signed_as": facts["signed_as"],
            "address": address,
            "address_shown": address.split("://", 1)[-1],
            "code": grouped(certificate.code),
            "footer": breakable(f"{certificate} · {certificate.name}"[:110]),
            "qr": qr_of(address),
            "embedded": json.dumps(embedded(certificate)),  # in ASCII: no letter of it is ever replaced
            "lacks_glyphs": False,
        }


def words_of(certificate: Certificate, hours: str, day: str) -> dict[str, str]:
    return {
        "certificate": _("Certificate of attendance"),
        "awarded_to": _("This is to certify that"),
        "took_part": _("took part in"),
        "hours": _("Hours attended: %(hours)s") % {"hours": hours},
        "parts": _("Part played"),
        "sessions": _("Sessions attended"),
        "day": _("Day"),
        "session": _("Session"),
        "length": _("Hours"),
        "outcomes": _("Learning outcomes"),
        "issued": _("Number %(number)s, issued on %(day)s") % {"number": certificate, "day": day},
        "check": _("Whether it is valid can be checked at"),
        "qr": _("QR code with the address where this certificate can be checked"),
        "embedded": _("The facts of this certificate, for machines"),
        "lacks_glyphs": _("□ stands for a sign for which there is no letter here."),
    }


def session_row(one: dict[str, Any], zone: Any) -> dict[str, str]:
    begins = datetime.fromisoformat(one["starts_at"]).astimezone(zone) if one["starts_at"] else None
    return {
        "title": breakable(one["title"]),
        "lang": one["lang"],
        "hours": hours_in_words(one["hours"]) if one["hours"] else "–",
        "day": date_format(begins, "j M") if begins else "–",
    }


def by_framework(outcomes: Iterable[dict[str, str]]) -> list[tuple[str, list[dict[str, str]]]]:
    lists = groupby(outcomes, key=lambda one: one["framework"])
    return [(name, [{"name": one["name"], "lang": one["lang"]} for one in some]) for name, some in lists]


def qr_of(address: str) -> str:
    """As a drawing; it holds the address and nothing else."""
    drawing = io.BytesIO()
    segno.make(address, error="m", mask=3, boost_error=False, micro=False).save(
        drawing, kind="svg", border=2, xmldecl=False, dark="#000", light="#fff"
    )
    return drawing.getvalue().decode()
