"""A speaker's own profile, and the invitation by which they take it over."""

from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from conference.accounts.services import owner_of
from conference.limits import is_too_often
from speakers.exceptions import InvitationRefused, InvitationSpent, LogInFirst
from speakers.forms import ProfileForm
from speakers.models import Speaker
from speakers.services.invitations import accept_invitation as accept
from speakers.services.invitations import usable_invitation
from speakers.services.profiles import save_profile


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_profile(request: HttpRequest) -> HttpResponse:
    speaker = get_object_or_404(Speaker, user=request.user)
    form = ProfileForm(request.POST or None, request.FILES or None, instance=speaker)
    status = change(request, form) if request.method == "POST" else 200
    if not status:
        return redirect("speakers:profile")
    shown = Speaker.objects.get(pk=speaker.pk)  # as it is, not as a refused form left it
    return render(request, "speakers/profile.html", {"form": form, "speaker": shown}, status=status)


@transaction.atomic
def change(request: HttpRequest, form: ProfileForm) -> int:
    """The status of the page that shows what is wrong; 0 when all is well."""
    if not form.is_valid():
        return 422
    if is_too_often(request, "upload"):
        form.add_error(None, _("That was very often in one hour. Please wait a while, then send it again."))
        return 429
    portrait, remove = form.cleaned_data.get("portrait"), form.cleaned_data.get("remove_portrait", False)
    save_profile(speaker=form.instance, portrait=portrait, remove_portrait=remove)
    messages.success(request, _("Your profile is saved."))
    return 0


@require_http_methods(["GET", "HEAD", "POST"])
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Following the link changes nothing; its button does."""
    try:
        response = take_over(request, token) if request.method == "POST" else show_invitation(request, token)
    except InvitationSpent:
        response = render(request, "speakers/invitation_spent.html", status=410)
    add_never_cache_headers(response)
    # Never the token; but "no-referrer" would also take away the Origin, without which the button is refused.
    response["Referrer-Policy"] = "strict-origin"
    return response


def show_invitation(request: HttpRequest, token: str, refusal: str = "", status: int = 200) -> HttpResponse:
    invitation = usable_invitation(token)
    context = {
        "invitation": invitation,
        "speaker": invitation.speaker,
        "has_account": not request.user.is_authenticated and owner_of(invitation.email) is not None,
        "login_url": login_and_back(request),
        "refusal": refusal,
    }
    return render(request, "speakers/invitation.html", context, status=status)


def take_over(request: HttpRequest, token: str) -> HttpResponse:
    user = request.user if request.user.is_authenticated else None
    try:
        owner = accept(token=token, user=user, language=get_language() or "en")
    except LogInFirst:
        return redirect(login_and_back(request))
    except InvitationSpent:
        raise
    except InvitationRefused as refusal:
        return show_invitation(request, token, refusal=str(refusal), status=422)
    if not user:
        # The adapter then leaves out its own notices.
        request.is_welcome = True  # type: ignore[attr-defined]
        perform_login(request, owner, email_verification="none", signup=True, email=owner.email)
    messages.success(request, _("Welcome. This is your own page as a speaker."))
    return redirect("sessions:speaker_desk")


def login_and_back(request: HttpRequest) -> str:
    return f"{reverse('account_login')}?{urlencode({'next': request.path})}"
