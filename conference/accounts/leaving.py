"""The page on which a person closes their own account, after showing once more that it is they."""

from typing import cast

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from conference.accounts.closing import LastOrganiser, close_account, closes_the_last
from conference.accounts.proving import proven_again
from conference.models import User


class NameChoiceForm(forms.Form):
    """Asked of those who stand on stage; nothing is chosen for them."""

    name = forms.ChoiceField(
        label=gettext_lazy("Your name in published talks and presentations"),
        choices=[
            ("stays", gettext_lazy("It stays, as printed. The rest of your page goes.")),
            ("withdrawn", gettext_lazy("It is taken away: there stands “Name withdrawn”.")),
        ],
        widget=forms.RadioSelect,
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@proven_again(gettext_lazy("To close your account, log in once more with a code."))
def close_own_account(request: HttpRequest) -> HttpResponse:
    """Says what goes and what stays; only the button closes it."""
    user = cast(User, request.user)
    has_stage = hasattr(user, "speaker")
    form = NameChoiceForm(request.POST if request.method == "POST" else None) if has_stage else None
    is_last = closes_the_last([user])
    if request.method == "POST" and not is_last and (form is None or form.is_valid()):
        return closed(request, user, name_stays=form is None or form.cleaned_data["name"] == "stays")
    context = {"form": form, "refusal": LastOrganiser() if is_last else ""}
    return render(request, "conference/accounts/close.html", context)


def closed(request: HttpRequest, user: User, *, name_stays: bool) -> HttpResponse:
    try:
        close_account(user=User.objects.get(pk=user.pk), name_stays=name_stays, is_told=True)
    except LastOrganiser as refusal:  # somebody else left at this very moment
        messages.error(request, str(refusal))
        return redirect("conference:close_account")
    logout(request)
    messages.success(request, _("Your account is closed. A last mail confirms it."))
    return redirect("conference:home")
