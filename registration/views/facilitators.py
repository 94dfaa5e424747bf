"""For those who lead a session: who comes, and a letter to them that is shown before it is sent."""

import hashlib
import secrets

from allauth.core.ratelimit import respond_429
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from conference.limits import is_too_often
from conference.models import User
from registration.groups.access import Leading, led_or_404
from registration.groups.exceptions import NobodyToWriteTo
from registration.groups.forms import LetterForm
from registration.groups.letters import send, send_to_oneself
from registration.groups.people import companies_of
from registration.views.busy import answer_when_busy
from registration.views.person import person

A_DAY = 24 * 60 * 60


@never_cache
@login_required
@require_safe
def people(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    leading = led_or_404(request, edition, slug)
    context = {
        "session": leading.session,
        "companies": companies_of(leading),
        "may_see_people": leading.may_see_people(),
    }
    return render(request, "registration/facilitator/people.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("text")
@answer_when_busy
def write(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    """The form, then the letter as it will look and to how many, and only then the button that sends it."""
    leading = led_or_404(request, edition, slug)
    companies = [company for company in companies_of(leading) if company.readers]
    form = LetterForm(request.POST if request.method == "POST" else None, companies=companies)
    step = request.POST.get("step", "")
    if step == "change" or not companies or not form.is_valid():
        return write_page(request, leading, form)
    if step == "send" and is_as_shown(request, form):
        return sent(request, leading, form)
    if step == "rehearse":
        return rehearsed(request, leading, form)
    return preview(request, leading, form, is_changed=step == "send")


def write_page(request: HttpRequest, leading: Leading, form: LetterForm) -> HttpResponse:
    context = {"session": leading.session, "form": form, "may_see_people": leading.may_see_people()}
    return render(request, "registration/facilitator/write.html", context, status=422 if form.errors else 200)


def preview(
    request: HttpRequest, leading: Leading, form: LetterForm, *, is_changed: bool = False
) -> HttpResponse:
    """Nothing is sent yet; `seen` says to whom it would go."""
    context = {
        "session": leading.session,
        "letter": form.letter(leading.session, person(request)),
        "data": {name: form.data.get(name, "") for name in form.fields},
        "count": len(form.people),
        "seen": fingerprint(form.people),
        "key": request.POST.get("key") or secrets.token_urlsafe(16),
        "is_changed": is_changed,
    }
    return render(
        request, "registration/facilitator/preview.html", context, status=409 if is_changed else 200
    )


def is_as_shown(request: HttpRequest, form: LetterForm) -> bool:
    """Whether it goes to exactly those who were counted."""
    return request.POST.get("seen") == fingerprint(form.people)


def fingerprint(people: list[User]) -> str:
    return hashlib.sha256(",".join(str(one.pk) for one in people).encode()).hexdigest()[:24]


def sent(request: HttpRequest, leading: Leading, form: LetterForm) -> HttpResponse:
    """Once, however often the button is pressed."""
    me, back = (
        person(request),
        redirect("registration:people", leading.session.edition.slug, leading.session.slug),
    )
    key = hashlib.sha256(f"{me.pk} {request.POST.get('key', '')}".encode()).hexdigest()
    if cache.get(f"letter-{key}"):
        messages.info(request, _("This letter was sent already."))
        return back
    if is_too_often(request, "write_to_people"):
        return respond_429(request)
    try:
        with transaction.atomic():  # that it was sent is kept together with the mails, or neither is
            if not cache.add(f"letter-{key}", True, A_DAY):
                return back
            count = send(letter=form.letter(leading.session, me), people=form.people)
    except NobodyToWriteTo as refusal:
        messages.error(request, str(refusal))
        return back
    words = ngettext("%(count)s mail is on its way.", "%(count)s mails are on their way.", count)
    messages.success(request, words % {"count": count})
    return back


def rehearsed(request: HttpRequest, leading: Leading, form: LetterForm) -> HttpResponse:
    if is_too_often(request, "write_to_people"):
        return respond_429(request)
    send_to_oneself(letter=form.letter(leading.session, person(request)))
    messages.success(request, _("A copy is on its way to you, and to nobody else."))
    return preview(request, leading, form)
