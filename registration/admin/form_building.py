"""The whole form of an edition: its questions in order, with buttons, and a preview that saves nothing."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conference.admin.base import AnyAdmin
from conference.admin.edition_pages import EditionPage, Stage
from conference.models import Edition
from registration.forms import NewcomerForm
from registration.models import Question, RegistrationType
from registration.offers import Offer
from registration.places import Places
from registration.questions.asking import condition_of, in_order, with_options
from registration.services.questions import move_question, retire_question

BUILD, PREVIEW = "conference_edition_questions", "conference_edition_questions_preview"


class FormBuildingMixin(AnyAdmin):
    """Pages under /admin/conference/edition/<pk>/questions/ for the edition's admin."""

    def questions_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not may_see(request):
            raise PermissionDenied
        edition = get_object_or_404(Edition, pk=pk)
        if request.method == "POST":
            self.questions_pressed(request, edition)
            return redirect(f"admin:{BUILD}", pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Questions when registering"),
            "edition": edition,
            "lines": lines_of(edition),
            "kinds": Question.Kind.choices,
            "may_add": request.user.has_perm("registration.add_question"),
            "may_change": may_change(request),
        }
        return TemplateResponse(request, "admin/questions/form.html", context)

    def questions_pressed(self, request: HttpRequest, edition: Edition) -> None:
        """One button: its name says what to do, its value with which question."""
        if not may_change(request):
            raise PermissionDenied
        for name, act in ACTS.items():
            key = request.POST.get(name, "")
            if key.isdecimal() and len(key) < 19:
                question = get_object_or_404(Question, pk=key, edition=edition)
                act(question)
                self.log_change(request, edition, f"{question}: {DONE[name]}")

    def questions_preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The page as a newcomer finds it; sending it checks the answers and keeps nothing."""
        if not may_see(request):
            raise PermissionDenied
        edition = get_object_or_404(Edition, pk=pk)
        offers = all_offers(edition)
        sent = request.POST if request.method == "POST" else None
        form = NewcomerForm(sent, edition=edition, offers=offers, types=[offer.type for offer in offers])
        if form.is_valid():
            messages.success(request, _("These answers would be accepted. Nothing was kept."))
        context = {"form": form, "edition": edition, "back": reverse(f"admin:{BUILD}", args=[pk])}
        return TemplateResponse(request, "admin/questions/preview.html", context)


def may_see(request: HttpRequest) -> bool:
    return request.user.has_perm("registration.view_question")


def may_change(request: HttpRequest) -> bool:
    return request.user.has_perm("registration.change_question")


ACTS: dict[str, Any] = {
    "up": lambda question: move_question(question=question, up=True),
    "down": lambda question: move_question(question=question, up=False),
    "retire": lambda question: retire_question(question=question, is_retired=True),
    "ask": lambda question: retire_question(question=question, is_retired=False),
}
DONE = {"up": _("moved up"), "down": _("moved down"), "retire": _("no longer asked"), "ask": _("asked again")}


def lines_of(edition: Edition) -> list[dict[str, Any]]:
    """Every question in the order of the form, also what is no longer asked, with its depth and condition."""
    questions = {one.pk: one for one in in_order(with_options(Question.objects.filter(edition=edition)))}
    depths: dict[int, int] = {}
    lines = []
    for question in questions.values():
        former = questions.get(question.after_id or 0)
        depths[question.pk] = depths[former.pk] + 1 if former else 0
        condition = condition_of(question, former) if former else ""
        steps = range(depths[question.pk])
        lines.append({"question": question, "steps": steps, "condition": condition})
    return lines


def all_offers(edition: Edition) -> list[Offer]:
    """Every type as if it were open and had places, so that the preview shows all there is."""
    types = RegistrationType.objects.filter(edition=edition).select_related("edition")
    return [Offer(kind, Places(is_bookable=True)) for kind in types]


PAGES = [
    EditionPage(
        name=BUILD,
        path="questions/",
        view=FormBuildingMixin.questions_view,
        stage=Stage.REGISTRATION,
        words=_("Questions"),
        may=may_see,
    ),
    EditionPage(name=PREVIEW, path="questions/preview/", view=FormBuildingMixin.questions_preview),
]
