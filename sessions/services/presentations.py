"""Add a presentation, give it a new version, and decide what the public gets."""

from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.validators import URLValidator
from django.db import transaction
from django.db.models import Max, Sum
from django.utils.translation import gettext as _

from conference import clock
from conference.models import User
from sessions.collecting.links import usable_links
from sessions.exceptions import PresentationRefused
from sessions.library.index import reindex
from sessions.models import Credit, Presentation, PresentationFile, Session, UploadLink
from sessions.previews.asking import ask_for_preview
from sessions.services.allowing import refuse_late, refuse_what_is_not_allowed
from sessions.services.notices import tell_speakers
from sessions.services.sharing import guid_of_sending, share_file
from sessions.services.storing import MEGABYTE, StoredFile, stored

Status = PresentationFile.Status
LABELS = ("topics", "for_whom", "levels", "subjects", "competences")  # rows beside that of the presentation


def add_presentation(
    *, session: Session, by: User | None, upload: File | None = None, link: str = "",
    status: str = Status.SUBMITTED, upload_link: UploadLink | None = None, mark: str = "", **details: Any,
) -> Presentation:  # fmt: skip
    """A presentation of a session with its first version; its speakers are the authors.

    Who gave it is an account (`by`), or the holder of an upload link. What they send twice with the same `mark`,
    because they never saw the first answer, is there once.
    """
    labels = {name: details.pop(name) for name in LABELS if name in details}
    presentation = Presentation(session=session, edition=session.edition, uploaded_by=by, **details)
    refuse_what_is_not_allowed(presentation)
    with stored(upload, presentation.guid) as file, transaction.atomic():
        _refuse_withdrawn(Session.objects.select_for_update(of=("self",)).get(pk=session.pk))
        _refuse_spent(upload_link)
        guid = guid_of_sending(mark, sender_of(by, upload_link), session.guid, file, link)
        if guid and (known := PresentationFile.objects.filter(guid=guid).first()):
            return known.presentation
        refuse_late(session.edition, by)
        presentation.position = session.presentations.count()
        presentation.save()
        for name, chosen in labels.items():
            getattr(presentation, name).set(chosen)
        _credit_speakers(presentation)
        write_version(presentation, by, file, link, status, upload_link, guid)
        reindex(presentation)  # nobody but its speakers finds it yet
    return presentation


def add_version(
    *, presentation: Presentation, by: User | None, upload: File | None = None, link: str = "",
    status: str = Status.SUBMITTED, upload_link: UploadLink | None = None, mark: str = "",
) -> PresentationFile:  # fmt: skip
    """A new version beside the public one, which stays until the new one is approved."""
    with stored(upload, presentation.guid) as file, transaction.atomic():
        locked = _lock(presentation)
        guid = guid_of_sending(mark, sender_of(by, upload_link), presentation.guid, file, link)
        if guid and (known := PresentationFile.objects.filter(guid=guid).first()):
            return known
        _refuse_spent(upload_link)
        if locked.withdrawn_at:
            raise PresentationRefused(
                _("This presentation is withdrawn. Ask the organisers to bring it back.")
            )
        if locked.session:
            _refuse_withdrawn(locked.session)
        refuse_late(locked.edition, by)
        return write_version(locked, by, file, link, status, upload_link, guid)


@transaction.atomic
def submit_version(*, version: PresentationFile) -> PresentationFile:
    """The speaker is done with a draft; now the organisers look at it."""
    presentation = _lock(version.presentation)
    if presentation.session:
        _refuse_withdrawn(presentation.session)
    version.refresh_from_db()
    if version.status != Status.DRAFT:
        raise PresentationRefused(_("This version was submitted already."))
    version.status = Status.SUBMITTED
    version.save(update_fields=["status"])
    _stamp(presentation)
    return version


@transaction.atomic
def approve_version(*, version: PresentationFile, by: User | None) -> PresentationFile:
    """The version becomes the public one, unless a later one is."""
    presentation = _lock(version.presentation)
    version.refresh_from_db()
    if version.status == Status.APPROVED:
        return version
    _decide(version, Status.APPROVED, by)
    _choose_public_file(presentation)
    tell_speakers(presentation, "approved", version=version, by=by)
    return version


@transaction.atomic
def refuse_version(*, version: PresentationFile, by: User | None, reason: str) -> PresentationFile:
    """The version does not become public, and the speaker reads why."""
    if not reason.strip():
        raise PresentationRefused(_("Say why, so that the speaker can mend it."))
    presentation = _lock(version.presentation)
    version.refresh_from_db()
    if version.status == Status.REFUSED:
        return version
    _decide(version, Status.REFUSED, by, reason.strip())
    _choose_public_file(presentation)
    tell_speakers(presentation, "refused", version=version, by=by)
    return version


@transaction.atomic
def withdraw_presentation(*, presentation: Presentation, by: User | None = None) -> Presentation:
    """Nobody but its speakers and the organisers sees it from now on."""
    locked = _lock(presentation)
    if not locked.withdrawn_at:
        _set_withdrawn(locked, clock.now())
        tell_speakers(locked, "withdrawn", by=by)
    presentation.withdrawn_at = locked.withdrawn_at
    return presentation


@transaction.atomic
def bring_back_presentation(*, presentation: Presentation) -> Presentation:
    """Undo a withdrawal: what was public is public again."""
    locked = _lock(presentation)
    _set_withdrawn(locked, None)
    presentation.withdrawn_at = None
    return presentation


def _lock(presentation: Presentation) -> Presentation:
    rows = Presentation.objects.select_for_update(of=("self",)).select_related("session", "edition")
    return rows.get(pk=presentation.pk)


def sender_of(by: User | None, upload_link: UploadLink | None) -> str:
    return f"user {by.pk}" if by else f"link {upload_link.pk}" if upload_link else "nobody"


def _set_withdrawn(presentation: Presentation, moment: Any) -> None:
    presentation.withdrawn_at = moment
    presentation.save(update_fields=["withdrawn_at", "updated_at"])
    reindex(presentation)  # its words may be suggested, or no longer


def _refuse_withdrawn(session: Session) -> None:
    if session.status == Session.Status.WITHDRAWN:
        raise PresentationRefused(_("This session was withdrawn, so it takes no more presentations."))


def _refuse_spent(link: UploadLink | None) -> None:
    """A link that was taken back while the file was on its way, or was looked into, brings nothing any more."""
    if link and not usable_links().filter(pk=link.pk).exists():
        raise PresentationRefused(_("This upload link works no longer. Ask the organisers for another one."))


def _credit_speakers(presentation: Presentation) -> None:
    appearances = presentation.session.appearances.select_related("speaker") if presentation.session else []
    people = {appearance.speaker_id: appearance.speaker for appearance in appearances}
    Credit.objects.bulk_create(
        Credit(presentation=presentation, speaker=speaker, name=speaker.public_name, position=position)
        for position, speaker in enumerate(people.values())
    )


def write_version(
    presentation: Presentation, by: User | None, file: StoredFile, link: str, status: str,
    upload_link: UploadLink | None = None, guid: UUID | None = None,
) -> PresentationFile:  # fmt: skip
    """Called with the presentation locked, so that numbers have no gap and the quota holds."""
    _refuse_strange_link(file, link)
    known = presentation.versions.aggregate(number=Max("number"), size=Sum("size"))
    if file.size and (known["size"] or 0) + file.size > settings.SPEAKER_QUOTA_MB * MEGABYTE:
        raise PresentationRefused(
            _("All versions of a presentation together have %(limit)s MB. Ask the organisers for more room.")
            % {"limit": settings.SPEAKER_QUOTA_MB}
        )
    version = PresentationFile.objects.create(
        guid=guid or uuid4(),
        presentation=presentation,
        number=(known["number"] or 0) + 1,
        file=file.name,
        link=link,
        uploaded_by=by,
        upload_link=upload_link,
        status=Status.SUBMITTED if status == Status.APPROVED else status,
        **file.fields,
    )
    _stamp(presentation)
    ask_for_preview(version)
    share_file(version)
    return approve_version(version=version, by=by) if status == Status.APPROVED else version


def _stamp(presentation: Presentation) -> None:
    """It changed: whoever has its form open looks again, and approves no version that they never saw."""
    presentation.save(update_fields=["updated_at"])


def _refuse_strange_link(file: StoredFile, link: str) -> None:
    if bool(file.name) == bool(link):
        raise PresentationRefused(_("Give a file or a link, not both."))
    if link:
        try:
            URLValidator(schemes=["https", "http"])(link)
        except ValidationError as error:
            raise PresentationRefused(_("Give the whole link, starting with https://")) from error


def _decide(version: PresentationFile, status: str, by: User | None, reason: str = "") -> None:
    version.status, version.refusal_reason = status, reason
    version.decided_by, version.decided_at = by, clock.now()
    version.save(update_fields=["status", "refusal_reason", "decided_by", "decided_at"])


def _choose_public_file(presentation: Presentation) -> None:
    approved = presentation.versions.filter(status=Status.APPROVED)
    presentation.current_file = approved.order_by("-number").first()
    presentation.save(update_fields=["current_file", "updated_at"])
    reindex(presentation)
