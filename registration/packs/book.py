"""The publication itself in its pack: its PDF, and its texts as a page that leads to the files beside it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from django.template.loader import render_to_string
from django.utils.translation import get_language

from conference.mail import absolute
from conference.viewer import Viewer
from registration.packs.holder import Holder, NoLongerYours
from registration.packs.names import path
from registration.packs.sheets import sheet
from registration.packs.zipping import Entry, crc32_of
from sessions.booklet.shelf import ComeBackLater
from sessions.models import Publication
from sessions.publications.pdf import pdf_of
from sessions.publications.source import Chapter, Piece, book_of, visible_to

if TYPE_CHECKING:
    from registration.packs.contents import Pack


def book_entries(pack: "Pack") -> list[Entry]:
    """Nothing for a pack of something else; raises ComeBackLater while the PDF is being made."""
    publication = pack.wanted.publication
    if publication is None:
        return []
    viewer = pack.holder.viewer()
    entries = [
        sheet(f"{pack.wanted.name}/texts.html", texts_of(pack, publication, viewer), publication.updated_at)
    ]
    pdf = pdf_or_none(publication, viewer)
    if pdf:
        name = path(pack.wanted.name, name=f"{publication.slug}.pdf")
        entries.append(pdf_entry(name, pdf, publication, still_may(publication, pack.holder, viewer)))
    return entries


def pdf_or_none(publication: Publication, viewer: Viewer) -> Path | None:
    """Where it cannot be made, the pack goes without it: all of it stands in the texts."""
    try:
        return pdf_of(publication, viewer)
    except ComeBackLater as wait:
        if wait.has_failed:
            return None
        raise


def pdf_entry(name: str, pdf: Path, publication: Publication, check: Callable[[], None]) -> Entry:
    def give(start: int) -> BinaryIO:
        check()
        return cast(BinaryIO, pdf.open("rb"))

    with pdf.open("rb") as file:
        crc32 = crc32_of(file)
    return Entry(name, pdf.stat().st_size, crc32, publication.updated_at, give)


def still_may(publication: Publication, holder: Holder, asked: Viewer) -> Callable[[], None]:
    """Asked when the turn of the PDF has come: it is still public, and a member's is still for a member."""

    def check() -> None:
        now = holder.viewer()
        is_less = asked.user_id is not None and now.user_id is None
        if is_less or not visible_to(now).filter(pk=publication.pk).exists():
            raise NoLongerYours

    return check


def texts_of(pack: "Pack", publication: Publication, viewer: Viewer) -> bytes:
    """What this person may read of it; the rest by its name, as on the site."""
    files = {item.presentation.pk: item.path.removeprefix(f"{pack.wanted.name}/") for item in pack.files}
    book = book_of(publication, viewer)
    context = {
        "publication": publication,
        "chapters": [(one, rows_of(one, files)) for one in (book.front, *book.chapters)],
        "address": absolute(pack.wanted.back),
        "language": get_language() or "en",
    }
    return render_to_string("registration/packs/texts.html", context).encode()


def rows_of(chapter: Chapter, files: dict[int, str]) -> list[tuple[Piece, str, str]]:
    """Each piece with the file beside the page and the page on the site, where there are such."""
    return [
        (one, files.get(one.presentation.pk, ""), absolute(one.presentation.get_absolute_url()))
        if one.presentation
        else (one, "", "")
        for one in chapter.pieces
    ]
