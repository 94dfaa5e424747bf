"""Whether a person gets news by mail: chosen in the account, or with the link at the end of such a mail."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from conference.accounts.forms import NewsForm
from conference.mail.unsubscribing import choose_language, choose_news, reader_of
from conference.models import User


@never_cache
@csrf_exempt  # a mail program presses the button without ever having seen the page; the token says who may
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Following the link changes nothing; its button does, and that of a mail program: without log-in or redirect."""
    reader = reader_of(token)
    if reader is None:
        raise Http404
    wanted_news = reader.wants_news
    if request.method == "POST":
        choose_news(user=reader, wants_news=False)
    context = {"is_done": request.method == "POST" or not wanted_news, "was_done": not wanted_news}
    response = render(request, "conference/accounts/unsubscribe.html", context)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_mail(request: HttpRequest) -> HttpResponse:
    """The switch in the account, back and forth, and the language of all mail."""
    user = cast(User, request.user)
    initial = {"wants_news": user.wants_news, "language": user.language}
    form = NewsForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        choose_news(user=user, wants_news=form.cleaned_data["wants_news"])
        choose_language(user=user, language=form.cleaned_data["language"] or user.language)
        messages.success(request, _("Your choice is saved."))
        return redirect("conference:own_mail")
    return render(request, "conference/accounts/own_mail.html", {"form": form})
