"""Pages for which somebody who is logged in shows once more that it is they: by password, second step, or a new code."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from conference.models import User

View = Callable[..., HttpResponseBase]


def proven_again(words: Any) -> Callable[[View], View]:
    """`words` are said to whoever has only mailed codes and is led to a new one."""

    def decorate(view: View) -> View:
        asking = reauthentication_required(view)

        @wraps(view)
        def proven(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if has_only_codes(request) and not came_just_now(request):
                return ask_for_code_again(request, str(words))
            return cast(HttpResponseBase, asking(request, *args, **kwargs))

        return proven

    return decorate


def has_only_codes(request: HttpRequest) -> bool:
    """Neither password nor second step: what could be asked again is the mailed code."""
    return not get_reauthentication_flows(cast(User, request.user))


def came_just_now(request: HttpRequest) -> bool:
    records = get_authentication_records(request, request.user)
    return any(time.time() - one["at"] < REAUTHENTICATION_TIMEOUT for one in records)


def ask_for_code_again(request: HttpRequest, words: str) -> HttpResponseBase:
    """By logging in once more with a code, which then leads back."""
    here = urlencode({"next": request.path})
    logout(request)
    messages.info(request, words)
    return redirect(f"{reverse('account_request_login_code')}?{here}")
