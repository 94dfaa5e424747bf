"""Signing up in one page, logging in with a code, and choosing a new password."""

from typing import Any, cast

from allauth.account.utils import get_next_redirect_url, passthrough_next_redirect_url
from allauth.account.views import ConfirmLoginCodeView, PasswordResetFromKeyView
from allauth.core.ratelimit import respond_429
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from conference.accounts.exceptions import AddressKnown
from conference.accounts.forms import AccountForm, NameForm
from conference.accounts.services import (
    forget_password,
    has_verified_address,
    open_account,
    rename,
    tell_owner,
)
from conference.accounts.welcome import neutral_page, welcome
from conference.limits import is_too_often
from conference.models import User


@never_cache
@sensitive_post_parameters("password")
def signup(request: HttpRequest) -> HttpResponse:
    """One page: sending it signs a new person in and leads back to where they came from."""
    if request.user.is_authenticated:
        return redirect(get_next_redirect_url(request) or "conference:home")
    form = AccountForm(request.POST or None)
    if form.is_valid():
        if is_too_often(request, "signup"):
            return respond_429(request)
        return opened(request, form)
    login_url = passthrough_next_redirect_url(request, reverse("account_login"), "next")
    context = {"form": form, "next": get_next_redirect_url(request), "login_url": login_url}
    return render(request, "account/signup.html", context)


def opened(request: HttpRequest, form: AccountForm) -> HttpResponse:
    next_path = get_next_redirect_url(request) or ""
    answers = {field: form.cleaned_data[field] for field in ("name", "email", "country", "password")}
    try:
        user = open_account(**answers, language=get_language() or "en", consent_version=form.consent_version)
    except AddressKnown:
        tell_owner(email=answers["email"], next_path=next_path)
        return neutral_page(request)
    welcome(request, user)
    return redirect(next_path or "conference:home")


@never_cache
@login_required
def own_name(request: HttpRequest) -> HttpResponse:
    """A name that was mistyped is put right by whoever bears it."""
    user = cast(User, request.user)
    form = NameForm(request.POST or None, initial={"name": user.name})
    back = get_next_redirect_url(request)
    if form.is_valid():
        rename(user=user, name=form.cleaned_data["name"])
        messages.success(request, _("Your name is changed."))
        return redirect(back or "conference:own_name")
    return render(request, "conference/accounts/own_name.html", {"form": form, "next": back or ""})


class NewPasswordView(PasswordResetFromKeyView):
    """Its address may hold a mailed key, which no other page or log is to see."""

    def dispatch(self, request: HttpRequest, uidb36: str, key: str, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, uidb36, key, **kwargs)
        # The form stands on a page without the key; under "no-referrer" browsers would send it without origin.
        response["Referrer-Policy"] = "same-origin" if key == self.reset_url_key else "no-referrer"
        return response


class LoginCodeView(ConfirmLoginCodeView):
    """A code that logs in also verifies the address; a password set before that is not believed."""

    def form_valid(self, form: Form) -> HttpResponse:
        user = self._process.user
        if self._action == "verify" and user and not has_verified_address(user):
            forget_password(user)
        return super().form_valid(form)
