"""Let a new person in at once, and show the owner of a known address nothing."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.email_verification_by_code import EmailVerificationProcess
from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from conference.models import User

UNCONFIRMED = "address_to_confirm"  # in the session: the user who signed up in it


class FirstVerification(EmailVerificationProcess):
    """The first code to an address: the account is new, so nobody asked for one before and there is nothing to count."""

    def send(self, skip_enumeration_mails: bool = False) -> None:
        context = {"user": self.user, "code": self.code}
        get_adapter().send_mail("account/email/email_confirmation_signup", self.email, context)
        self.did_send = True


def welcome(request: HttpRequest, user: User) -> None:
    """Sign the new person in, and send the code that verifies the address."""
    request.is_welcome = True  # type: ignore[attr-defined]  # the adapter then keeps quiet
    perform_login(request, user, email_verification="none", signup=True, email=user.email)
    request.session[UNCONFIRMED] = user.pk
    state = FirstVerification.initial_state(user, user.email)
    process = FirstVerification(request=request, user=user, state=state)
    process.generate_code()
    process.send()
    process.persist()


def signed_up_here(request: HttpRequest, user: User) -> bool:
    """Whether this very session opened the account, and its address still waits for its code."""
    return request.session.get(UNCONFIRMED) == user.pk


def address_to_confirm(request: HttpRequest) -> str:
    """The address a person who just signed up still has to confirm, else nothing; no query."""
    user, match = request.user, request.resolver_match
    if match and match.url_name == "account_email_verification_sent":
        return ""  # the page that asks for the code says it all
    return user.email if user.is_authenticated and signed_up_here(request, user) else ""


def neutral_page(request: HttpRequest) -> HttpResponse:
    """What someone sees who typed a known address: nothing about whose it is."""
    return render(request, "conference/accounts/check_inbox.html")
