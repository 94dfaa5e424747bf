"""What a publication holds for a viewer, as chapters and pieces; its web pages and its PDF both draw this.

What a viewer may not know of is not in it; what they may not read stands there by its name. The number of queries does
not grow with the parts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from conference.models import Edition, Theme
from conference.templatetags.texts import shown
from conference.viewer import Viewer
from sessions.access import Access, access_of_all, with_access
from sessions.models import Presentation, Publication, PublicationPart
from sessions.models.publication import PublicationQuerySet
from sessions.previews.covers import Told, covers_of
from sessions.publications.outcomes import Decision, decisions_of

Kind = PublicationPart.Kind
MEMBER = Viewer(user_id=0)  # somebody with an account, nobody in particular


@dataclass(frozen=True)
class Piece:
    """One part with what it shows; only when it is open may more than its title be shown."""

    part: PublicationPart
    title: str
    language: str  # of the title
    access: Access
    presentation: Presentation | None = None
    decisions: tuple[Decision, ...] = ()
    cover: str = ""  # where a small picture of its presentation is found, if this viewer sees one

    @property
    def is_open(self) -> bool:
        return self.access.is_open

    @property
    def anchor(self) -> str:
        return f"part-{self.part.pk}"


@dataclass(frozen=True)
class Chapter:
    """A heading and what stands below it; what comes before the first heading is a chapter without one."""

    number: int
    title: str = ""
    language: str = ""
    part: PublicationPart | None = None
    theme: Theme | None = None  # one that has a public page
    pieces: tuple[Piece, ...] = ()

    @property
    def needs_account(self) -> bool:
        return any(piece.access.state == "account" for piece in self.pieces)


@dataclass(frozen=True)
class Book:
    publication: Publication
    front: Chapter
    chapters: tuple[Chapter, ...]

    @property
    def needs_account(self) -> bool:
        """Whether an account would open more of it to this viewer."""
        return any(chapter.needs_account for chapter in (self.front, *self.chapters))

    def address_of(self, chapter: Chapter) -> str:
        """A chapter keeps its address when others come before it."""
        if chapter.part is None:
            return self.publication.get_absolute_url()
        return reverse("sessions:publication_chapter", args=[self.publication.slug, chapter.part.pk])


def visible_to(viewer: Viewer) -> PublicationQuerySet:
    """Organisers see those that are not published yet as a preview."""
    return Publication.objects.all() if viewer.is_organiser else Publication.objects.published()


def is_open_to(part: PublicationPart, viewer: Viewer) -> bool:
    """Whether this viewer reads a text, a picture or outcomes; a presentation has its own rule."""
    return part.open_to == PublicationPart.OpenTo.EVERYONE or viewer.user_id is not None


def book_of(
    publication: Publication, viewer: Viewer, at: datetime | None = None, *, covers_by: Told | None = None
) -> Book:
    """Everything this viewer may know of; with covers only for whoever shows them."""
    parts = list(parts_of(publication))
    themes = public_themes(parts)
    presentations = presentations_in(publication, viewer, at)
    access = access_of_all(presentations.values(), viewer, at) if presentations else {}
    covers = covers_of(presentations.values(), viewer, at, covers_by) if covers_by else {}
    decisions = decisions_of([part.session_id for part in parts if part.kind == Kind.OUTCOMES])  # type: ignore[misc]
    chapters = [Chapter(0)]
    pieces: list[list[Piece]] = [[]]
    for part in parts:
        if part.kind == Kind.CHAPTER:
            chapters.append(heading_of(part, len(chapters), publication, themes))
            pieces.append([])
        elif part.kind == Kind.PRESENTATION:
            if found := presentations.get(part.presentation_id or 0):
                pieces[-1].append(
                    piece_of(part, found, access[found.pk], publication, covers.get(found.pk, ""))
                )
        elif part.kind != Kind.OUTCOMES:
            pieces[-1].append(own_piece(part, viewer, publication))
        elif part.session and part.session.is_public and decisions.get(part.session.pk):
            pieces[-1].append(own_piece(part, viewer, publication, tuple(decisions[part.session.pk])))
    filled = [
        Chapter(one.number, one.title, one.language, one.part, one.theme, tuple(found))
        for one, found in zip(chapters, pieces, strict=True)
    ]
    return Book(publication, filled[0], tuple(filled[1:]))


def parts_of(publication: Publication) -> QuerySet[PublicationPart]:
    parts = PublicationPart.objects.filter(publication=publication)
    return parts.select_related("theme", "session__edition", "session__session_type").order_by(
        "position", "pk"
    )


def presentations_in(
    publication: Publication, viewer: Viewer, at: datetime | None
) -> dict[int, Presentation]:
    among = Presentation.objects.filter(parts__publication=publication)
    listed = among.listed_to(viewer, at).for_page()
    return {one.pk: one for one in with_access(listed, viewer, at, among=among)}


def public_themes(parts: Iterable[PublicationPart]) -> set[int]:
    """Those of which the public has a page."""
    asked = {part.theme_id for part in parts if part.theme_id}
    found = Edition.objects.published().filter(theme__in=asked) if asked else Edition.objects.none()
    return set(found.order_by().values_list("theme", flat=True))  # type: ignore[arg-type]


def heading_of(part: PublicationPart, number: int, publication: Publication, themes: set[int]) -> Chapter:
    title, language = title_of(part, publication)
    return Chapter(number, title, language, part, part.theme if part.theme_id in themes else None)


def piece_of(
    part: PublicationPart,
    presentation: Presentation,
    access: Access,
    publication: Publication,
    cover: str = "",
) -> Piece:
    title, language = (part.title, publication.language) if part.title else (
        presentation.title, presentation.language
    )  # fmt: skip
    return Piece(part, title, language, access, presentation, cover=cover)


def own_piece(
    part: PublicationPart, viewer: Viewer, publication: Publication, decisions: tuple[Decision, ...] = ()
) -> Piece:
    is_open = is_open_to(part, viewer)
    access = Access("open", _("Open")) if is_open else Access("account", _("Free account"))
    title, language = title_of(part, publication)
    return Piece(part, title, language, access, decisions=decisions if is_open else ())


def title_of(part: PublicationPart, publication: Publication) -> tuple[str, str]:
    """A part's own title, else that of its theme or session, with its language."""
    row = part.theme or part.session
    if part.title or not row:
        return part.title, publication.language
    title, language = shown(row, "title")
    return title, language or get_language() or publication.language
