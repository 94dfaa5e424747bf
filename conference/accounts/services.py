"""Open an account, tell the owner of a known address, and forget what came before an address was verified."""

from urllib.parse import urlencode

from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import translation

from conference import clock
from conference.accounts.exceptions import AddressKnown
from conference.accounts.welcome import neutral_page, welcome
from conference.mail import absolute, queue_mail
from conference.models import Page, User
from conference.trail.records import note

__all__ = [
    "AddressKnown",
    "forget_password",
    "has_verified_address",
    "neutral_page",
    "open_account",
    "owner_of",
    "tell_owner",
    "welcome",
]

TELL_AGAIN_AFTER = 600  # seconds: nobody fills another person's mailbox with our help


def open_account(
    *,
    name: str,
    email: str,
    country: str,
    language: str,
    password: str = "",  # noqa: S107
    consent_version: str | None = None,
) -> User:
    """A new user who gave consent and whose address is not verified yet; raises AddressKnown.

    The consent is to what the privacy page says now, unless a form knows to what.
    """
    email = email.strip().lower()
    if owner_of(email):
        raise AddressKnown
    version = Page.objects.privacy_version() if consent_version is None else consent_version
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                email,
                password or None,
                name=name,
                country=country,
                language=language,
                consent_at=clock.now(),
                consent_version=version,
            )
            EmailAddress.objects.create(user=user, email=email, primary=True, verified=False)
    except IntegrityError as error:  # someone was faster with the same address
        raise AddressKnown from error
    return user


def owner_of(email: str) -> User | None:
    """Whose log-in this address is, verified or not; an address merely asked for is nobody's."""
    email = email.strip().lower()
    address = EmailAddress.objects.filter(email=email, verified=True).select_related("user").first()
    # Not iexact, which turns to capitals: the index is on small letters.
    return address.user if address else User.objects.alias(small=Lower("email")).filter(small=email).first()


def tell_owner(*, email: str, next_path: str = "") -> None:
    """Someone typed the address of an existing account: one mail to its owner, with a way in."""
    owner = owner_of(email)
    if not owner or not owner.is_active:
        return
    if not cache.add(f"told-owner:{owner.pk}", True, TELL_AGAIN_AFTER):
        return
    query = "?" + urlencode({"next": next_path}) if next_path else ""
    with translation.override(owner.language):
        links = {
            "login_url": absolute(reverse("account_login") + query),
            "code_url": absolute(reverse("account_request_login_code") + query),
        }
    queue_mail(to=owner.email, template="account_known", context=links, language=owner.language)


def rename(*, user: User, name: str) -> None:
    """What was printed or issued before keeps the name it had."""
    User.objects.filter(pk=user.pk).update(name=name)
    note(User.objects.filter(pk=user.pk))


def forget_password(user: User) -> None:
    """No password any more, and no session that was opened before; other ways in remain."""
    user.set_unusable_password()
    user.save(update_fields=["password"])


def has_verified_address(user: User) -> bool:
    return EmailAddress.objects.filter(user=user, verified=True).exists()
