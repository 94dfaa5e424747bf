"""allauth in this house: mail through the outbox, links from the configured address, redirects that stay here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

from conference.accounts.guessing import count_try, forget_tries
from conference.accounts.hidden_signs import refuse_hidden_signs
from conference.accounts.services import forget_password, has_verified_address, owner_of, tell_owner
from conference.accounts.welcome import UNCONFIRMED, signed_up_here
from conference.mail import absolute
from conference.mail.compose import as_plain_text, put_in_outbox
from conference.models import User

LONGEST_PASSWORD_READ = 4096  # beyond this it is an attack on the hash, not a password
LONGEST_NEXT = 2000
# Mails that a person waits for, whose text lets one in.
SECRET_MAILS = {
    "account/email/email_confirmation",
    "account/email/email_confirmation_signup",
    "account/email/login_code",
    "account/email/password_reset_key",
}


class AccountAdapter(DefaultAccountAdapter):
    # --- mail

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A row in the outbox instead of a connection to a mail server during the request."""
        owner = context.get("user") or owner_of(email)
        language = owner.language if owner and owner.pk else translation.get_language()
        context = {"email": email, **context}
        with translation.override(language):
            put_in_outbox(
                to=email,
                subject=as_plain_text(f"{template_prefix}_subject.txt", context),
                text=as_plain_text(f"{template_prefix}_message.txt", context),
                is_urgent=template_prefix in SECRET_MAILS,
                is_secret=template_prefix in SECRET_MAILS,
                kind=template_prefix,
            )

    def send_account_already_exists_mail(self, email: str) -> None:
        tell_owner(email=email)

    def get_reset_password_from_key_url(self, key: str) -> str:
        return absolute(reset_path(key))

    def clean_email(self, email: str) -> str:
        refuse_hidden_signs(email)
        return str(super().clean_email(email))

    # --- redirects

    def is_safe_url(self, url: str | None) -> bool:
        """Paths of this site only."""
        if not url or not url.startswith("/") or len(url) > LONGEST_NEXT:
            return False
        return url.isprintable() and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        """Who confirms an address without having come from some page goes on at their own."""
        if self.request.user.is_authenticated:
            return reverse("registration:my_registrations")
        return super().get_email_verification_redirect_url(email_address)

    # --- passwords and addresses

    def clean_password(self, password: str, user: User | None = None) -> str:
        refuse_endless(password)
        return super().clean_password(password, user)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        refuse_endless(credentials.get("password", ""))
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            raise ImmediateHttpResponse(respond_429(request)) from error
        count_try(credentials.get("email", ""))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        user: User | None = super().authenticate(request, **credentials)
        if user:
            forget_tries(user)
        return user

    def set_password(self, user: User, password: str) -> None:
        super().set_password(user, password)
        forget_tries(user)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """At the first verification, what others may have set before it is forgotten."""
        user = email_address.user
        is_first = not has_verified_address(user)
        if not super().confirm_email(request, email_address):
            return False
        if is_first and not signed_up_here(request, user):
            forget_password(user)
            if request.user == user:
                update_session_auth_hash(request, user)
        request.session.pop(UNCONFIRMED, None)
        return True

    def add_message(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        if not getattr(request, "is_welcome", False):
            super().add_message(request, *args, **kwargs)


def refuse_endless(password: str) -> None:
    if len(password) > LONGEST_PASSWORD_READ:
        raise SuspiciousOperation("A password of this length is not read.")


def reset_path(key: str) -> str:
    """The page on which a mailed key lets its owner choose a password."""
    uid, _, token = key.partition("-")
    return reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
