"""Invite a speaker by mail to their own page, and let the one who holds the link take it over."""

import hashlib
import secrets
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from conference import clock
from conference.accounts.exceptions import AddressKnown
from conference.accounts.services import open_account
from conference.mail import absolute, queue_mail
from conference.models import User
from speakers.exceptions import InvitationRefused, InvitationSpent, LogInFirst
from speakers.models import Invitation, Speaker

VALID_FOR = timedelta(days=14)
NOT_AGAIN_FOR = timedelta(minutes=10)  # to the same address
KEPT_FOR = timedelta(days=30)  # so long organisers may still want to know where a mail went
TOKEN_BYTES = 32


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(*, speaker: Speaker, by: User | None, at: datetime | None = None) -> Invitation:
    """A link, good once, goes to the speaker's address; earlier links no longer work.

    A button pressed twice sends one mail, and the link in it stays good.
    """
    at = at or clock.now()
    speaker = Speaker.objects.select_for_update(of=("self",)).get(pk=speaker.pk)
    if speaker.user_id:
        raise InvitationRefused(_("This speaker has an account already."))
    if not speaker.email:
        raise InvitationRefused(_("There is no address to send the invitation to."))
    email = speaker.email.strip().lower()
    if speaker.invitations.usable(at).filter(email=email, created_at__gt=at - NOT_AGAIN_FOR).exists():
        raise InvitationRefused(
            _("A link went to this address less than ten minutes ago, and it works. Nothing was changed.")
        )
    speaker.invitations.filter(used_at=None).delete()
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation = Invitation.objects.create(
        speaker=speaker, email=email, token_hash=hash_of(token), invited_by=by, expires_at=at + VALID_FOR,
    )  # fmt: skip
    _send(invitation, token, get_language() or "en")
    return invitation


def _send(invitation: Invitation, token: str, language: str) -> None:
    """In the language of whoever invites, since the speaker's own is not known; the token is nowhere else."""
    with override(language):
        url = absolute(reverse("speakers:invitation", args=[token]))
    context = {"speaker": invitation.speaker, "url": url, "days": VALID_FOR.days}
    queue_mail(to=invitation.email, template="invitation", context=context, language=language, is_secret=True)


def usable_invitation(token: str) -> Invitation:
    invitation = (
        Invitation.objects.usable().filter(token_hash=hash_of(token)).select_related("speaker").first()
    )
    if not invitation:
        raise InvitationSpent
    return invitation


@transaction.atomic
def accept_invitation(*, token: str, user: User | None, language: str = "en") -> User:
    """Join speaker and account; without an account one is opened, its address proven by the mail."""
    locked = Invitation.objects.select_for_update(of=("self",)).usable().filter(token_hash=hash_of(token))
    invitation = locked.first()
    if not invitation:
        raise InvitationSpent
    speaker = Speaker.objects.select_for_update(of=("self",)).get(pk=invitation.speaker_id)
    if speaker.user_id:
        raise InvitationSpent
    if user and Speaker.objects.filter(user=user).exists():
        raise InvitationRefused(
            _("Your account is that of another speaker already. Ask the organisers to join the two.")
        )
    speaker.user = user or _open_verified_account(speaker, invitation.email, language)
    speaker.save(update_fields=["user", "updated_at"])
    invitation.used_at = clock.now()
    invitation.save(update_fields=["used_at"])
    return speaker.user


def _open_verified_account(speaker: Speaker, email: str, language: str) -> User:
    try:
        user = open_account(
            name=speaker.name, email=email, country=str(speaker.country or ""), language=language
        )
    except AddressKnown as known:
        raise LogInFirst(_("Your address has an account already. Log in, and come back here.")) from known
    EmailAddress.objects.filter(user=user, email=email).update(verified=True)
    return user


def forget_old_invitations(at: datetime | None = None) -> int:
    """Delete what was accepted or ran out 30 days ago, with the address it went to."""
    before = (at or clock.now()) - KEPT_FOR
    return Invitation.objects.filter(Q(used_at__lt=before) | Q(expires_at__lt=before)).delete()[0]
