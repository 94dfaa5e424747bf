"""Small makers that the demonstration's chapters share."""

from datetime import date
from functools import cache
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.utils.text import slugify

from conference import clock
from conference.management.demo.deck_texts import DECKS
from conference.models import Edition, Organisation, User
from sessions.files.checks import CheckedFile, check_upload
from sessions.files.documents import make_docx, make_odp, make_pdf, make_pptx
from sessions.models import Appearance, Kind, Presentation, PresentationFile, Session, SessionType
from speakers.models import Speaker

MAKERS = {"pdf": make_pdf, "pptx": make_pptx, "odp": make_odp, "docx": make_docx}
MAX_BYTES = 10_000_000

Pair = tuple[str, str]  # a text in English and in Dutch


def both(**texts: Pair) -> dict[str, Any]:
    """Keyword arguments for a translated model: title=(English, Dutch) → title_en, title_nl."""
    return {
        f"{name}_{code}": text
        for name, pair in texts.items()
        for code, text in zip(("en", "nl"), pair, strict=True)
    }


def session_type(name: Pair, kind: str = Kind.SESSION) -> SessionType:
    found, _made = SessionType.objects.get_or_create(
        slug=slugify(name[0]), defaults={"kind": kind, **both(name=name)}
    )
    return found


def organisation(name: str, kind: str, **fields: Any) -> Organisation:
    found, _made = Organisation.objects.get_or_create(
        slug=slugify(name)[:120], defaults={"name": name, "kind": kind, **fields}
    )
    return found


def speaker(name: str, **fields: Any) -> Speaker:
    found, _made = Speaker.objects.get_or_create(slug=slugify(name), defaults={"name": name, **fields})
    return found


def session(edition: Edition, title: Pair, kind: str = Kind.SESSION, **fields: Any) -> Session:
    """A published session unless told otherwise; its place in the order is the order of making."""
    defaults = {
        "slug": slugify(fields.pop("slug", title[0]))[:80].strip("-"),
        "status": Session.Status.PUBLISHED,
        "position": edition.sessions.count(),
        **both(title=title),
    }
    for name in ("subtitle", "abstract"):
        if name in fields:
            defaults |= both(**{name: fields.pop(name)})
    return Session.objects.create(edition=edition, kind=kind, **(defaults | fields))


def appear(of: Session, who: Speaker, part: str = Appearance.Part.SPEAKER, **fields: Any) -> Appearance:
    return Appearance.objects.create(
        session=of, speaker=who, part=part, position=of.appearances.count(), **fields
    )


def presentation(of: Session, title: str, by: User, **fields: Any) -> Presentation:
    """A presentation of a session, with credits to its speakers."""
    made = Presentation.objects.create(
        session=of,
        edition=of.edition,
        title=title,
        uploaded_by=by,
        position=of.presentations.count(),
        **fields,
    )
    for position, appearance in enumerate(of.appearances.select_related("speaker")):
        made.credits.create(
            speaker=appearance.speaker, name=appearance.speaker.public_name, position=position
        )
    return made


def version(
    of: Presentation,
    *,
    file_format: str = "pdf",
    status: str = "approved",
    reason: str = "",
    lines: tuple[str, ...] = (),
) -> PresentationFile:
    """A real document as the next version; an approved one becomes the public file."""
    content, checked = document(file_format, of.title, (*lines, *DECKS.get(of.title, ())), of.language)
    made = PresentationFile(
        presentation=of,
        number=of.versions.count() + 1,
        original_name=checked.safe_name,
        format=checked.format,
        content_type=checked.content_type,
        size=checked.size,
        sha256=checked.sha256,
        status=status,
        refusal_reason=reason,
        uploaded_by=of.uploaded_by,
        decided_at=clock.now() if status in ("approved", "refused") else None,
    )
    made.file.save(checked.safe_name, ContentFile(content))
    make_current(made)
    return made


@cache
def document(file_format: str, title: str, lines: tuple[str, ...], lang: str) -> tuple[bytes, CheckedFile]:
    """A document and what the check of uploads says of it; made once however often it is loaded."""
    told = [title, *lines, "This document is invented for the demonstration."]
    content = MAKERS[file_format](title, told, lang=lang)
    name = f"{slugify(title)[:60]}.{file_format}"
    return content, check_upload(BytesIO(content), name=name, max_bytes=MAX_BYTES)


def link(of: Presentation, address: str) -> PresentationFile:
    made = PresentationFile.objects.create(
        presentation=of,
        number=of.versions.count() + 1,
        link=address,
        status="approved",
        uploaded_by=of.uploaded_by,
    )
    make_current(made)
    return made


def make_current(approved: PresentationFile) -> None:
    if approved.status == PresentationFile.Status.APPROVED:
        approved.presentation.current_file = approved
        approved.presentation.save(update_fields=["current_file"])


def first_day(edition: Edition) -> date:
    if edition.starts_on is None:
        raise ValueError(edition)
    return edition.starts_on
