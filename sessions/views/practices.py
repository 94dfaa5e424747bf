"""A member shares an own practice with the library."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from conference.accounts.services import has_verified_address
from sessions.forms.practice import PracticeForm
from sessions.models import Presentation
from sessions.services.practices import share_practice
from sessions.views.desk import answer, attempt


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest) -> HttpResponse:
    """The form, for whoever has confirmed an address; the others are told how."""
    if not has_verified_address(request.user):  # type: ignore[arg-type]
        return render(request, "sessions/practices/unconfirmed.html", status=200)
    blank = Presentation(is_practice=True, language=get_language() or "en")
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PracticeForm(*sent, instance=blank, initial={"name": request.user.name})  # type: ignore[union-attr]
    status = 200
    if sent:
        status = attempt(request, form, lambda: keep(request, form))
        if not status:
            return redirect("sessions:speaker_desk")
    return answer(render(request, "sessions/practices/share.html", {"form": form}, status=status))


def keep(request: HttpRequest, form: PracticeForm) -> None:
    given = {"name": form.cleaned_data["name"], "agreed": form.agreed(), **form.source(), **form.details()}
    share_practice(by=request.user, **given)  # type: ignore[arg-type]
    messages.success(request, _("Thank you. The organisers look at it, and you get a mail."))
