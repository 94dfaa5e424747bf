"""The PDF of a publication, made once for the same words and kept beside the booklets."""

import hashlib
import json
from pathlib import Path

from django.utils.translation import get_language

from conference.typesetting import TypesettingFailed, typeset
from conference.viewer import ANONYMOUS, Viewer
from sessions.booklet.prose import __file__ as prose
from sessions.booklet.shelf import failed, put, refuse_after_failure, release_of_code, shelf, turn
from sessions.models import Publication
from sessions.previews import covers
from sessions.publications.paper import name_of, pages_of
from sessions.publications.source import MEMBER, book_of

SECONDS = 60
TEMPLATE = Path(prose).with_name("publication.typ")


def pdf_of(publication: Publication, viewer: Viewer) -> Path:
    """What everybody may read, or what everyone with an account may; the same file for all of them.

    Raises ComeBackLater while others are being made.
    """
    reader = ANONYMOUS if viewer.user_id is None else MEMBER
    book = book_of(publication, reader, covers_by=covers.name_of)
    said = json.dumps(pages_of(book, name_of), sort_keys=True) + release_of_code()
    edition = "open" if reader is ANONYMOUS else "full"
    digest = hashlib.sha256(said.encode()).hexdigest()[:24]
    kept = shelf() / f"publication-{publication.pk}-{get_language()}-{edition}-{digest}.pdf"
    if kept.exists():
        return kept
    with turn():
        if kept.exists():  # made while we waited
            return kept
        refuse_after_failure(kept)
        try:
            made = typeset(TEMPLATE, pages_of(book), seconds=SECONDS)
        except TypesettingFailed as refusal:
            made = failed(kept, str(refusal))
        return put(kept, made)
