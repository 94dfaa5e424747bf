"""Staff prove themselves twice before they reach what only staff may see."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import urlencode
from django.utils.translation import gettext as _


def second_factor_missing(request: HttpRequest) -> bool:
    """Whether this session has not yet shown the second factor that the site asks of its staff."""
    if not settings.STAFF_SECOND_FACTOR:
        return False
    records = get_authentication_records(request, request.user)
    used = any(record["method"] == "mfa" for record in records)
    # Whoever takes away the last key is asked to set up a new one, also in the session that used the old.
    return not used or not get_mfa_adapter().is_mfa_enabled(request.user)


def lead_to_second_factor(request: HttpRequest, next_path: str) -> HttpResponse:
    """To the code, for those who have a second factor; to the page that sets one up, for the others."""
    ways = get_adapter(request).get_reauthentication_methods(request.user)
    codes = [way["url"] for way in ways if way["id"].startswith("mfa")]
    if codes:
        return redirect(codes[0] + "?" + urlencode({"next": next_path}))
    messages.warning(
        request,
        _("Staff need a second step: set up an authenticator app or a passkey here, then go to the admin."),
    )
    return redirect("mfa_index")


class SecondFactorMixin:
    """For an AdminSite: nothing of it opens without the second factor; it has no log-in form of its own."""

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and not second_factor_missing(request)  # type: ignore[misc]

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Reached by staff only: everyone else is sent to the site's log-in or refused before."""
        next_path = request.GET.get("next", "")
        if not get_adapter(request).is_safe_url(next_path):
            next_path = resolve_url("admin:index")
        if second_factor_missing(request):
            return lead_to_second_factor(request, next_path)
        return redirect(next_path)

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The site's own page asks for the present password and tells the owner by mail."""
        return redirect("account_change_password")
