"""Register several colleagues in one go, and see which of them have come."""

from allauth.core.ratelimit import respond_429
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from conference.editions import edition_of
from conference.limits import is_too_often
from conference.models import Edition
from registration.claims.exceptions import RowsRefused
from registration.claims.forms import ColleagueFormSet, WhatForForm, people_in
from registration.exceptions import Refusal
from registration.models import Claim, Registration
from registration.services import claims
from registration.services.colleagues import MOST_AT_ONCE, register_colleagues
from registration.views.busy import answer_when_busy
from registration.views.person import person

ROWS = 4
PREFIX = {"form-INITIAL_FORMS": "0", "form-MIN_NUM_FORMS": "0"}


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@answer_when_busy
def register(request: HttpRequest, edition: str) -> HttpResponse:
    """Rows of names and addresses; below them those I registered before."""
    where = edition_of(request, edition)
    step = request.POST.get("step") if request.method == "POST" else ""
    if step in ("withdraw", "send_again"):
        return about_one(request, where, step)
    about = WhatForForm(request.POST if step else None, edition=where, user=person(request))
    rows = rows_of(request, is_more=step == "more")
    is_whole = step == "register" and about.is_valid() and rows.is_valid() and not lacks_people(rows)
    answer = sent(request, where, about, rows) if is_whole else None
    return answer or shown(request, where, about, rows)


def rows_of(request: HttpRequest, is_more: bool) -> forms.BaseFormSet:
    """As many rows as were on the page, and more when asked: what was typed stays."""
    if request.method != "POST":
        return ColleagueFormSet(initial=[{}] * ROWS)
    data = request.POST.copy()
    total = data.get("form-TOTAL_FORMS", "")
    known = min(int(total), MOST_AT_ONCE) if total.isdecimal() and len(total) < 4 else ROWS  # noqa: PLR2004
    data["form-TOTAL_FORMS"] = str(min(known + (ROWS if is_more else 0), MOST_AT_ONCE))
    for name, value in PREFIX.items():
        data[name] = value
    formset = ColleagueFormSet(data)
    for form in formset.forms:
        form.empty_permitted, form.use_required_attribute = True, False
    return formset


def lacks_people(rows: forms.BaseFormSet) -> bool:
    if people_in(rows):
        return False
    rows.forms[0].add_error("email", _("Fill in at least one row."))
    return True


def sent(
    request: HttpRequest, edition: Edition, about: WhatForForm, rows: forms.BaseFormSet
) -> HttpResponse | None:
    """Nothing when it was refused: the rows then say which and why."""
    if is_too_often(request, "colleagues"):
        return respond_429(request)
    people = people_in(rows)
    try:
        made = register_colleagues(by=person(request), colleagues=list(people.values()), **about.cleaned_data)
    except RowsRefused as refusal:
        for number, words in refusal.rows.items():
            rows.forms[list(people)[number]].add_error("email", words)
        about.add_error(None, str(refusal))
        return None
    except Refusal as refusal:
        about.add_error(None, str(refusal))
        return None
    words = ngettext(
        "%(count)s colleague is registered. The mail with the link is on its way.",
        "%(count)s colleagues are registered. The mails with their links are on their way.",
        len(made),
    )
    messages.success(request, words % {"count": len(made)})
    return redirect("registration:register_colleagues", edition.slug)


def shown(
    request: HttpRequest, edition: Edition, about: WhatForForm, rows: forms.BaseFormSet
) -> HttpResponse:
    context = {
        "about": about,
        "rows": rows,
        "can_have_more": len(rows.forms) < MOST_AT_ONCE,
        "claims": mine(request, edition),
        "edition": edition,
    }
    return render(request, "registration/attendee/colleagues.html", context)


def mine(request: HttpRequest, edition: Edition) -> list[Claim]:
    """The latest link of each colleague I registered; who has come is theirs and no longer mine."""
    rows = Claim.objects.filter(
        offered_by=person(request), is_handing_over=False, registration__edition=edition
    ).select_related("registration__user", "registration__registration_type")
    latest: dict[int, Claim] = {}
    for one in rows.order_by("pk"):
        latest[one.registration_id] = one
    return list(latest.values())


def about_one(request: HttpRequest, edition: Edition, step: str) -> HttpResponse:
    """A button beside one of those I registered; others are not found."""
    if is_too_often(request, "colleagues"):
        return respond_429(request)
    key = request.POST.get("registration", "")
    rows = Registration.objects.active().filter(
        edition=edition, claims__offered_by=person(request), claims__is_handing_over=False
    )
    found = rows.filter(pk=key).distinct() if key.isdecimal() and len(key) < 19 else rows.none()  # noqa: PLR2004
    registration = get_object_or_404(found)
    try:
        if step == "withdraw":
            claims.withdraw(registration=registration, by=person(request))
            messages.success(request, _("The place went back; the link no longer works."))
        else:
            claims.send_again(registration=registration, by=person(request))
            messages.success(request, _("A new link is on its way; the former one no longer works."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("registration:register_colleagues", edition.slug)
