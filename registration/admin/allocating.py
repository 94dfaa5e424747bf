"""The allocation of a round for organisers: compute, look, fix, compute again, publish."""

from typing import Any
from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from conference import clock
from conference.admin.asking import asking_page
from conference.admin.base import AnyAdmin, person
from conference.tasks import ask_for
from conference.trail.records import note
from registration.exceptions import Refusal
from registration.models import Allocation, Registration, Round
from registration.rounds.looking import page_of, publishing_lines
from registration.rounds.tasks import COMPUTE, PUBLISH
from registration.services.allocating import fix, unfix

ALLOCATION, PUBLISHING = "registration_round_allocation", "registration_round_publish"


def may_see_allocation(request: HttpRequest) -> bool:
    return request.user.has_perm("registration.add_allocation")


class PublishForm(forms.Form):
    waits = forms.BooleanField(
        label=_("Put people on waiting lists"), required=False, initial=True,
        help_text=_("Who got less than they wanted, or nothing, waits for what they wanted more. Whoever moves up leaves the other place."),
    )  # fmt: skip
    run = forms.IntegerField(widget=forms.HiddenInput)


class AllocatingMixin(AnyAdmin):
    """Pages under /admin/registration/round/<pk>/."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/allocation/", wrap(self.allocation_view), name=ALLOCATION),
            path("<int:pk>/publish/", wrap(self.publish_view), name=PUBLISHING),
        ]
        return own + super().get_urls()

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> Any:
        row = kwargs.get("obj")
        if row:
            context["row_links"] = self.row_links(request, row)  # type: ignore[attr-defined]
        return super().render_change_form(request, context, *args, **kwargs)

    def to_form(self, round_: Round) -> HttpResponse:
        return redirect("admin:registration_round_change", round_.pk)

    def allocation_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        round_ = self._ranked_round(request, pk)
        if request.method == "POST":
            return self._acted(request, round_)
        context = page_of(round_, request.GET)
        shared = {"opts": self.opts, "original": round_, "media": self.media}
        title = _("Choices and allocation: %(round)s") % {"round": round_.name}
        return TemplateResponse(
            request,
            "admin/rounds/allocation.html",
            {**self.admin_site.each_context(request), **shared, **context, "title": title},
        )

    def _ranked_round(self, request: HttpRequest, pk: int) -> Round:
        if not may_see_allocation(request):
            raise PermissionDenied
        rounds = Round.objects.filter(way=Round.Way.RANKED).select_related("edition")
        return get_object_or_404(rounds, pk=pk)

    def _acted(self, request: HttpRequest, round_: Round) -> HttpResponse:
        """What a button asks for; each leads to a page that can be loaded again."""
        action = request.POST.get("action", "")
        if action == "compute":
            task = ask_for(COMPUTE, by=person(request), edition=round_.edition, round=round_.pk)
            return redirect(task_address(task, round_))
        if action == "close":
            self._close(request, round_)
        elif action in ("fix", "unfix"):
            self._fix(request, round_, action)
        return redirect(
            f"{address_of(round_)}?{request.GET.urlencode()}" if request.GET else address_of(round_)
        )

    def _close(self, request: HttpRequest, round_: Round) -> None:
        at = clock.now()
        open_ones = Round.objects.filter(pk=round_.pk, closes_at__gt=at, published_at=None)
        if open_ones.update(closes_at=at):
            note(Round.objects.filter(pk=round_.pk))
            self.log_change(request, round_, _("Closed by hand."))
            self.message_user(request, _("The choice is closed from this moment on."), messages.SUCCESS)

    def _fix(self, request: HttpRequest, round_: Round, action: str) -> None:
        found = Registration.objects.filter(edition=round_.edition)
        reference = request.POST.get("reference", "").replace("\x00", "").strip().upper()
        registration = found.filter(reference=reference).select_related("user").first()
        if registration is None:
            self.message_user(request, _("There is no registration with this reference."), messages.ERROR)
            return
        chosen = request.POST.get("choice", "")
        choices = {str(choice.pk): choice for choice in round_.choices.all()}  # type: ignore[attr-defined]
        if action == "fix" and chosen not in {*choices, "none", "free"}:
            self.message_user(
                request, _("This workshop is not in the round. Nothing was changed."), messages.ERROR
            )
            return
        try:
            if action == "unfix" or chosen == "free":
                unfix(round_=round_, registration=registration)
                words = _("%(name)s is no longer fixed.")
            else:
                choice = choices.get(chosen)
                fix(round_=round_, registration=registration, choice=choice, by=person(request))
                words = _("%(name)s is fixed. Compute again to see what follows from it.")
            self.message_user(request, words % {"name": registration.user.name}, messages.SUCCESS)
        except Refusal as refusal:
            self.message_user(request, str(refusal), messages.ERROR)

    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Says what will happen, with the number of mails; only its button does it."""
        round_ = self._ranked_round(request, pk)
        run = request.POST.get("run") or request.GET.get("run") or ""
        runs = round_.allocations.all()  # type: ignore[attr-defined]
        allocation = runs.filter(number=run).first() if is_number(run) else runs.first()
        sent = request.POST if request.method == "POST" else None
        form = PublishForm(sent, initial={"run": allocation.number if allocation else None})
        lines, is_possible = publishing_lines(round_, allocation)
        if allocation and is_possible and form.is_valid():
            return self._published(request, round_, allocation, form.cleaned_data["waits"])
        title = _("Publish the result: %(round)s") % {"round": round_.name}
        context = {"lines": lines, "original": round_, "is_possible": is_possible}
        if not is_possible:
            return self._only_said(request, title, context)
        return asking_page(request, self, form, title=title, button=_("Publish and send"), **context)

    def _only_said(self, request: HttpRequest, title: Any, context: dict[str, Any]) -> HttpResponse:
        shared = {"opts": self.opts, "title": title, "media": self.media}
        return TemplateResponse(
            request,
            "admin/rounds/not_yet.html",
            {**self.admin_site.each_context(request), **shared, **context},
        )

    def _published(
        self, request: HttpRequest, round_: Round, allocation: Allocation, waits: bool
    ) -> HttpResponse:
        task = ask_for(
            PUBLISH, by=person(request), edition=round_.edition, allocation=allocation.pk, waits=waits
        )
        self.log_change(request, round_, _("Result %(number)s published.") % {"number": allocation.number})
        return redirect(task_address(task, round_))


def is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10  # noqa: PLR2004  what a column holds


def address_of(round_: Round) -> str:
    return reverse(f"admin:{ALLOCATION}", args=[round_.pk])


def task_address(task: Any, round_: Round) -> str:
    return f"{reverse('admin:task_page', args=[task.guid])}?back={quote(address_of(round_))}"
