"""A person's organisations: join one, found one, and, for its administrators, decide about who asks."""

from collections.abc import Callable
from typing import Any, cast

from allauth.core.ratelimit import respond_429
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from conference.accounts.domains import confirmed_domains
from conference.accounts.exceptions import MembershipRefused
from conference.accounts.organisation_forms import DescriptionForm, FoundingForm
from conference.accounts.services import has_verified_address
from conference.limits import is_too_often
from conference.models import Edition, Membership, Organisation, User
from conference.services import memberships
from conference.similar_names import organisations_called

page = require_http_methods(["GET", "HEAD", "POST"])
Step = Callable[[HttpRequest, Membership], str]


@never_cache
@login_required
@page
def my_organisation(request: HttpRequest) -> HttpResponse:
    """The organisations I belong to, and those I could join."""
    if request.method == "POST":
        return acted(request, own_step, "conference:my_organisation")
    user = cast(User, request.user)
    mine = list(user.memberships.select_related("organisation"))
    known = {one.organisation_id for one in mine}
    words = request.GET.get("q", "").strip()
    context = {
        "memberships": mine,
        "is_confirmed": has_verified_address(user),
        "offered": [one for one in offered_to(user) if one.pk not in known],
        "words": words,
        "found": [one for one in organisations_called(words) if one.pk not in known],
    }
    return render(request, "conference/accounts/my_organisation.html", context)


def offered_to(user: User) -> QuerySet[Organisation]:
    return Organisation.objects.filter(domain__in=confirmed_domains(user)).exclude(domain="")


def acted(request: HttpRequest, step: Callable[[HttpRequest], str], back: str, *args: str) -> HttpResponse:
    """Do what a button says, once, and say what became of it."""
    if is_too_often(request, "organisation"):
        return respond_429(request)
    try:
        if words := step(request):
            messages.success(request, words)
    except MembershipRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(back, *args)


def own_step(request: HttpRequest) -> str:
    """What a person does about their own membership of one organisation."""
    organisation = get_object_or_404(
        Organisation, slug=request.POST.get("organisation", "").replace("\x00", "")
    )
    step = request.POST.get("step")
    if step == "ask":
        return asked(request, organisation)
    mine = get_object_or_404(Membership, user=request.user, organisation=organisation)
    if step == "leave":
        memberships.leave(membership=mine)
        return _("Done.")
    memberships.show(membership=mine, is_shown=step == "show")
    return (
        _("The organisation's page names you.")
        if step == "show"
        else _("The organisation's page no longer names you.")
    )


def asked(request: HttpRequest, organisation: Organisation) -> str:
    if is_too_often(request, "organisation_ask"):
        raise MembershipRefused(_("You asked very often today. Try again tomorrow."))
    made = memberships.ask(user=cast(User, request.user), organisation=organisation)
    if made.status == Membership.Status.MEMBER:
        return _("You are a member now.")
    return _("Your request is on its way. We write to you when it is decided.")


@never_cache
@login_required
@page
def new_organisation(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    form = FoundingForm(request.POST or None, user=user)
    if form.is_valid():
        if is_too_often(request, "organisation_found"):
            return respond_429(request)
        try:
            made = memberships.found(user=user, **form.cleaned_data)
        except MembershipRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("You administer this organisation now."))
            return redirect("conference:organisation_members", made.organisation.slug)
    return render(request, "conference/accounts/new_organisation.html", {"form": form})


@never_cache
@login_required
@page
def organisation_members(request: HttpRequest, slug: str) -> HttpResponse:
    """For members: who administers it. For its administrators: everyone, and who asks."""
    mine = get_object_or_404(
        Membership.objects.members().select_related("organisation"),
        user=request.user,
        organisation=Organisation.objects.known_as(slug),
    )
    if mine.organisation.slug != slug:  # merged meanwhile
        return redirect("conference:organisation_members", mine.organisation.slug)
    if request.method == "POST" and mine.is_administrator:
        return administered(request, mine)
    form = DescriptionForm(instance=mine.organisation, user=cast(User, request.user))
    return members_page(request, mine, form)


def members_page(request: HttpRequest, mine: Membership, form: DescriptionForm) -> HttpResponse:
    rows = mine.organisation.memberships.filter(user__is_active=True).select_related("user")
    if not mine.is_administrator:
        rows = rows.administering()
    context = {
        "mine": mine,
        "organisation": mine.organisation,
        "members": [one for one in rows if one.status == Membership.Status.MEMBER],
        "asking": [one for one in rows if one.status == Membership.Status.ASKED],
        "refused": [one for one in rows if one.status == Membership.Status.REFUSED],
        "form": form,
        "open_editions": list(
            Edition.objects.published().registration_open().exclude(held_by_organisation=0)
        ),
    }
    return render(request, "conference/accounts/organisation_members.html", context)


def administered(request: HttpRequest, mine: Membership) -> HttpResponse:
    organisation, user = mine.organisation, cast(User, request.user)
    if request.POST.get("step") != "describe":
        return acted(
            request,
            lambda asked: decide(asked, organisation),
            "conference:organisation_members",
            organisation.slug,
        )
    form = DescriptionForm(request.POST, instance=organisation, user=user)
    if not form.is_valid():
        return members_page(request, mine, form)

    def describe(_request: HttpRequest) -> str:
        memberships.describe(organisation=organisation, by=user, **form.cleaned_data)
        return _("Saved.")

    return acted(request, describe, "conference:organisation_members", organisation.slug)


def decide(request: HttpRequest, organisation: Organisation) -> str:
    """One button beside one person; only people of this organisation are found."""
    key = request.POST.get("membership", "")
    rows = (
        organisation.memberships.filter(pk=key)
        if key.isdecimal() and len(key) < 19
        else Membership.objects.none()
    )
    membership = get_object_or_404(rows)
    by: Any = {"membership": membership, "by": request.user}
    steps: dict[str, Callable[[], object]] = {
        "approve": lambda: memberships.approve(**by),
        "refuse": lambda: memberships.refuse(**by),
        "remove": lambda: memberships.remove(**by),
        "administer": lambda: memberships.set_administrator(**by, is_administrator=True),
        "step_down": lambda: memberships.set_administrator(**by, is_administrator=False),
    }
    step = steps.get(request.POST.get("step", ""))
    if step is None:
        raise MembershipRefused(_("Nothing was changed."))
    step()
    return _("Done.")
