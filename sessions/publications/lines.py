"""The parts of a publication as organisers see them: all of them, and which readers do not see and why."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from conference.viewer import ANONYMOUS
from sessions.models import Publication, PublicationPart
from sessions.publications.outcomes import decisions_of
from sessions.publications.source import Kind, parts_of, presentations_in, title_of


@dataclass(frozen=True)
class Line:
    part: PublicationPart
    title: str
    opens: str  # to whom
    note: str = ""  # why readers do not see it


def lines_of(publication: Publication) -> list[Line]:
    """In their order, in a number of queries that does not grow."""
    parts = list(parts_of(publication).select_related("theme", "session__edition", "presentation"))
    seen = presentations_in(publication, ANONYMOUS, None)
    decided = decisions_of([part.session_id for part in parts if part.session_id])
    return [line_of(part, publication, set(seen), set(decided)) for part in parts]


def line_of(part: PublicationPart, publication: Publication, seen: set[int], decided: set[int]) -> Line:
    if part.kind == Kind.CHAPTER:
        return Line(part, title_of(part, publication)[0], "")
    if part.presentation:
        note = "" if part.presentation_id in seen else _("Readers do not see it: it is not public.")
        return Line(
            part, part.title or part.presentation.title, part.presentation.get_audience_display(), note
        )
    title = title_of(part, publication)[0] or part.picture_text or part.body[:80]
    note = "" if part.kind != Kind.OUTCOMES or part.session_id in decided else _("Nothing is approved yet.")
    return Line(part, title, part.get_open_to_display(), note)
