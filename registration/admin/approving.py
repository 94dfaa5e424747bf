"""Registrations that wait for approval, with their answers side by side: approve or refuse, one or many."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from conference.admin.base import AnyAdmin, person
from conference.models import Edition
from registration.admin.queue import taken_words, with_taken
from registration.exceptions import NotPending
from registration.models import Registration
from registration.questions.answers import answers_of, questions_seen_by
from registration.services.approving import approve, refuse
from registration.services.waiting_list import Status

TEMPLATE = "admin/approving.html"
NAME = "registration_registration_pending"


class DecisionForm(forms.Form):
    """Whom it is about comes as ticks of the table; a refusal says why."""

    chosen = forms.MultipleChoiceField(
        error_messages={
            "required": _("Choose at least one person."),
            "invalid_choice": _("Somebody decided about this registration meanwhile."),
        }
    )
    reason = forms.CharField(
        label=_("Reason of a refusal"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 60}),
        help_text=_("It is mailed to each of the chosen people, and stands on their page."),
    )

    def __init__(self, *args: Any, pending: list[Registration], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pending = {str(row.pk): row for row in pending}
        field: Any = self.fields["chosen"]
        field.choices = [(pk, pk) for pk in self.pending]

    def clean_chosen(self) -> list[Registration]:
        """Who asked first comes first."""
        chosen = [self.pending[pk] for pk in set(self.cleaned_data["chosen"])]
        return sorted(chosen, key=lambda row: (row.created_at, row.pk))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "refuse" in self.data and not cleaned.get("reason"):
            self.add_error("reason", _("Say why."))
        return cleaned


class ApprovingMixin(AnyAdmin):
    """Pages under /admin/registration/registration/pending/<edition>/."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.pending_view)
        return [path("pending/<int:pk>/", view, name=NAME), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """With the way to those who wait, where anybody does."""
        found = links_to_pending() if self.has_change_permission(request) else []
        return super().changelist_view(request, {**(extra_context or {}), "to_approve": found})

    def pending_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        edition = get_object_or_404(Edition, pk=pk)
        pending = list(pending_in(edition))
        sent = request.POST if request.method == "POST" else None
        is_all = request.GET.get("chosen") == "all"
        ticked = [str(row.pk) for row in pending] if is_all else []
        form = DecisionForm(sent, pending=pending, initial={"chosen": ticked})
        if form.is_valid():
            self.decide(request, form)
            return redirect(f"admin:{NAME}", pk)
        context = {
            **self.admin_site.each_context(request),
            **table_of(request, edition, pending),
            "title": _("Registrations to approve"),
            "opts": self.opts,
            "edition": edition,
            "form": form,
            "is_all": is_all,
        }
        return TemplateResponse(request, TEMPLATE, context)

    def decide(self, request: HttpRequest, form: DecisionForm) -> None:
        """One after the other, who asked first first; each is whole or not at all."""
        chosen, by = form.cleaned_data["chosen"], person(request)
        if "refuse" in form.data:
            reason = form.cleaned_data["reason"]
            self.each(
                request, chosen, lambda row: refuse(registration=row, by=by, reason=reason), refused_words
            )
        else:
            self.each(request, chosen, lambda row: approve(registration=row, by=by), approved_words)

    def each(
        self,
        request: HttpRequest,
        chosen: list[Registration],
        decide: Callable[[Registration], Registration],
        words: Callable[[list[Registration]], str],
    ) -> None:
        done, gone = [], 0
        for row in chosen:
            try:
                done.append(decide(row))
            except NotPending:
                gone += 1
                continue
            self.log_change(request, row, words(done[-1:]))
        if done:
            self.message_user(request, words(done), messages.SUCCESS)
        if gone:
            self.message_user(request, str(NotPending()), messages.WARNING)


def approved_words(rows: list[Registration]) -> str:
    waiting = sum(row.status == Status.WAITING for row in rows)
    count = len(rows)
    said = ngettext("%(count)s registration approved.", "%(count)s registrations approved.", count)
    told = said % {"count": count}
    if not waiting:
        return told
    also = ngettext(
        "%(count)s of them is on the waiting list.", "%(count)s of them are on the waiting list.", waiting
    )
    return f"{told} {also % {'count': waiting}}"


def refused_words(rows: list[Registration]) -> str:
    count = len(rows)
    said = ngettext("%(count)s registration refused.", "%(count)s registrations refused.", count)
    return said % {"count": count}


def pending_in(edition: Edition) -> QuerySet[Registration]:
    rows = Registration.objects.filter(edition=edition, status=Status.PENDING)
    found: QuerySet[Registration] = rows.select_related("user", "registration_type", "organisation")
    return found.order_by("registration_type__position", "created_at", "pk")


def table_of(request: HttpRequest, edition: Edition, pending: list[Registration]) -> dict[str, Any]:
    """Columns and rows; answers and needs that this person may not read are not asked for."""
    questions = questions_seen_by(request.user, edition)
    answers = answers_of(pending, questions)
    sees_needs = request.user.has_perm("registration.view_needs")
    rows = [
        {"registration": row, "answers": [answers.get(row.pk, {}).get(asked.pk, "") for asked in questions]}
        for row in pending
    ]
    return {"questions": questions, "rows": rows, "sees_needs": sees_needs, "places": places_of(edition)}


def places_of(edition: Edition) -> list[str]:
    """How full the kinds that need approval are, since what is approved beyond that waits."""
    kinds = with_taken(edition.registration_types.filter(needs_approval=True))
    return [f"{kind.name}: {taken_words(kind)}" for kind in kinds.order_by("position", "pk")]


def pending_address(edition: Edition) -> str:
    return reverse(f"admin:{NAME}", args=[edition.pk])


def links_to_pending() -> list[dict[str, str]]:
    """One for each edition in which registrations wait for approval, in one query."""
    waiting = Count("registrations", filter=Q(registrations__status=Registration.Status.PENDING))
    return [
        {
            "address": pending_address(edition),
            "words": ngettext(
                "Approve %(count)s registration: %(edition)s",
                "Approve %(count)s registrations: %(edition)s",
                edition.pending,
            )
            % {"count": edition.pending, "edition": edition},
        }
        for edition in Edition.objects.annotate(pending=waiting).filter(pending__gt=0)
    ]
