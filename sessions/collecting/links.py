"""Personal addresses at which somebody without an account gives the presentations of one session, and of no other."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Lower, Trim
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from conference import clock
from conference.mail import absolute
from conference.models import Edition, User
from sessions.exceptions import LinkRefused
from sessions.models import Appearance, Presentation, Session, UploadLink
from sessions.services.alarms import site_contact
from speakers.models import Speaker

TOKEN_BYTES = 32  # 256 bits
VALID_FOR, AFTER_DEADLINE = timedelta(days=30), timedelta(days=14)
AT_MOST = timedelta(days=180)
LONGEST_TOKEN = 100  # what is longer is nobody's; it need not be digested


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def valid_until(edition: Edition, at: datetime) -> datetime:
    """A month, or two weeks after the deadline if that is later; half a year at most."""
    due = edition.presentations_due_at
    wanted = max(at + VALID_FOR, due + AFTER_DEADLINE) if due else at + VALID_FOR
    return min(wanted, at + AT_MOST)


@transaction.atomic
def issue_link(
    *, session: Session, speaker: Speaker, by: User | None, language: str = "en", at: datetime | None = None
) -> tuple[UploadLink, str]:
    """The new link and its whole address, which only the mail may know; earlier links stay valid."""
    at = at or clock.now()
    refuse_strangers(session, speaker)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = UploadLink.objects.create(
        session=session,
        speaker=speaker,
        email=speaker.email.strip().lower(),
        digest=digest_of(token),
        created_by=by,
        expires_at=valid_until(session.edition, at),
    )
    with override(language):
        return link, absolute(reverse("sessions:upload_by_link", args=[token]))


def refuse_strangers(session: Session, speaker: Speaker) -> None:
    """Only who appears in a session that takes presentations, can be reached by mail and cannot log in."""
    if speaker.user_id:
        raise LinkRefused(_("%(name)s has an account and needs no link.") % {"name": speaker.name})
    if not speaker.email:
        raise LinkRefused(_("There is no address to send a link to."))
    if session.status not in Session.PLANNABLE:
        raise LinkRefused(_("This session is called off, so it takes no more presentations."))
    if not session.appearances.filter(speaker=speaker).exists():
        raise LinkRefused(_("%(name)s does not appear in this session.") % {"name": speaker.name})


@transaction.atomic
def replace_links(
    *, session: Session, speaker: Speaker, by: User | None, language: str = "en", at: datetime | None = None
) -> tuple[UploadLink, str]:
    """A new link in place of all earlier ones of this speaker to this session: one of them may have gone astray."""
    made = issue_link(session=session, speaker=speaker, by=by, language=language, at=at)
    earlier = UploadLink.objects.filter(session=session, speaker=speaker, revoked_at=None)
    earlier.exclude(pk=made[0].pk).update(revoked_at=at or clock.now())
    return made


@transaction.atomic
def revoke_link(*, link: UploadLink, at: datetime | None = None) -> None:
    """From now on it opens nothing; what came by it stays."""
    UploadLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=at or clock.now())


def usable_links(at: datetime | None = None) -> QuerySet[UploadLink]:
    """Valid ones whose speaker still appears in the session, which still takes presentations.

    A link ends when the speaker's address becomes another one: the former may have been somebody else's. Where the
    speaker got an account meanwhile, it ends with that: somebody shut out has no second door.
    """
    appears = Appearance.objects.filter(session=OuterRef("session"), speaker=OuterRef("speaker"))
    valid = UploadLink.objects.valid(at).filter(Exists(appears), session__status__in=Session.PLANNABLE)
    valid = valid.filter(email=Lower(Trim("speaker__email"))).exclude(speaker__user__is_active=False)
    return valid.select_related("session__edition", "speaker")


def link_of(token: str, at: datetime | None = None) -> UploadLink | None:
    """The link with this token; unknown, run out and taken back look the same."""
    if len(token) > LONGEST_TOKEN:
        return None
    return usable_links(at).filter(digest=digest_of(token)).first()


def whom_to_write_to(token: str) -> str:
    """The address of those who gave out this link, also when it opens nothing any more; else that of the site."""
    known = UploadLink.objects.filter(digest=digest_of(token)) if len(token) <= LONGEST_TOKEN else None
    given = known.values_list("session__edition__contact_email", flat=True).first() if known else ""
    return given or site_contact()


def note_use(*, link: UploadLink, at: datetime | None = None) -> None:
    UploadLink.objects.filter(pk=link.pk).update(used_at=at or clock.now())


def given_by(link: UploadLink) -> QuerySet[Presentation]:
    """What this speaker gave by a link to this session; nothing that others brought."""
    given = Presentation.objects.filter(session=link.session, versions__upload_link__speaker=link.speaker)
    return given.filter(withdrawn_at=None).select_related("current_file").distinct()
