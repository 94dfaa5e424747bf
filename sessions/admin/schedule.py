"""The schedule editor of an edition: the grid, what the script asks and sends, and a form for each item without it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.admin.base import AnyAdmin, person
from conference.admin.edition_pages import EditionPage, Stage
from conference.models import Edition
from sessions.admin.schedule_steps import read_step, take_step
from sessions.admin.schedule_words import script_words
from sessions.conflicts import find_conflicts
from sessions.exceptions import ChangedMeanwhile, ScheduleRefused
from sessions.forms.schedule import PlaceForm, days_of
from sessions.models import Kind, Session, Slot
from sessions.schedule_list import list_of
from sessions.schedule_state import state_for, version_of

PAGE, ITEM = "admin/schedule/page.html", "admin/schedule/item.html"
NAME = "conference_edition_schedule"
NAMES = {"page": NAME, "state": f"{NAME}_state"}
NOBODY = UUID(int=0)


class ScheduleMixin(AnyAdmin):
    """Pages under /admin/conference/edition/<pk>/schedule/ for the edition's admin."""

    def schedule_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        edition = self._scheduled_edition(request, pk)
        if request.method == "POST" and request.content_type == "application/json":
            return self._answer_step(request, edition)
        if request.method == "POST":
            self._try_step(request, edition)
            return redirect(request.get_full_path())
        state = state_for(edition, person(request))
        shown = list_of(state, request.GET)
        context = {"state": state, "shown": shown, "words": script_words(), "addresses": addresses(edition)}
        return self._schedule_page(request, PAGE, edition, _("Timetable"), **context)

    def schedule_state_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Nothing but the version, unless the draft is another one than the asker has."""
        edition = self._scheduled_edition(request, pk)
        version = version_of(edition)
        if request.GET.get("since") == version:
            return JsonResponse({"version": version})
        return JsonResponse(state_for(edition, person(request)))

    def schedule_item_view(self, request: HttpRequest, pk: int, session: Any) -> HttpResponse:
        edition = self._scheduled_edition(request, pk)
        row = get_object_or_404(Session.objects.filter(edition=edition), guid=session)
        refusal = self._try_step(request, edition) if request.method == "POST" else None
        if request.method == "POST" and not refusal:
            return redirect(f"admin:{NAME}", pk)
        forms = forms_of(edition, row, request.POST if refusal else {})
        is_changed = isinstance(refusal, ChangedMeanwhile)
        context = {"session": row, "forms": forms, "days": days_of(edition), "is_changed": is_changed}
        context["conflicts"] = [one for one in find_conflicts(edition) if row.pk in one.session_pks]
        return self._schedule_page(
            request, ITEM, edition, row.title, is_break=row.kind == Kind.BREAK, **context
        )

    def _scheduled_edition(self, request: HttpRequest, pk: int) -> Edition:
        if not may_schedule(request):
            raise PermissionDenied
        return get_object_or_404(self.get_queryset(request), pk=pk)

    def _answer_step(self, request: HttpRequest, edition: Edition) -> JsonResponse:
        """What the script sent is done or refused; either way it gets the draft as it is now."""
        said, status = {}, 200
        try:
            take_step(request, edition, read_step(request))
        except ScheduleRefused as refusal:
            is_changed = isinstance(refusal, ChangedMeanwhile)
            said = {"refusal": str(refusal), "is_changed": is_changed}
            status = 409 if is_changed else 400
        return JsonResponse({**said, "state": state_for(edition, person(request))}, status=status)

    def _try_step(self, request: HttpRequest, edition: Edition) -> ScheduleRefused | None:
        try:
            take_step(request, edition, read_step(request))
        except ScheduleRefused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return refusal
        self.message_user(request, _("Saved."), messages.SUCCESS)
        return None

    def _schedule_page(
        self, request: HttpRequest, template: str, edition: Edition, title: str, **context: Any
    ) -> TemplateResponse:
        shared = {"opts": self.opts, "original": edition, "title": title, "may": rights(request)}
        return TemplateResponse(
            request, template, {**self.admin_site.each_context(request), **shared, **context}
        )


def may_schedule(request: HttpRequest) -> bool:
    return request.user.has_perm("conference_sessions.change_slot")


def rights(request: HttpRequest) -> dict[str, bool]:
    return {
        verb: request.user.has_perm(f"conference_sessions.{verb}_slot")
        for verb in ("add", "change", "delete")
    }


def addresses(edition: Edition) -> dict[str, str]:
    """What the script asks; in that of an item it puts the guid of the session in place of zeros."""
    item = reverse(f"admin:{NAME}_item", args=[edition.pk, NOBODY])
    pages = {key: reverse(f"admin:{name}", args=[edition.pk]) for key, name in NAMES.items()}
    return {**pages, "item": item}


def forms_of(edition: Edition, session: Session, sent: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A form for each slot of the session, and one for a new time; what was refused keeps what was typed."""
    slots: list[Slot | None] = [*Slot.objects.draft().filter(session=session), None]
    found = []
    for slot in slots:
        own: dict[str, Any] = {
            "edition": edition,
            "slot": slot,
            "auto_id": f"{slot.guid if slot else 'new'}-%s",
        }
        form = PlaceForm(**own, initial={} if slot else first_guess(edition))
        is_refused = bool(sent) and sent.get("slot") == (str(slot.guid) if slot else "")
        if is_refused and sent.get("do") == "place":
            # Shown again with the state that is there now, so that sending it once more moves it anyway.
            form = PlaceForm({**sent.dict(), "seen": form.initial["seen"]}, **own)
        found.append({"slot": slot, "form": form, "is_refused": is_refused})
    return found


def first_guess(edition: Edition) -> dict[str, Any]:
    return {"day": edition.starts_on, "start": "09:00"}


PAGES = [
    EditionPage(
        name=NAME,
        path="schedule/",
        view=ScheduleMixin.schedule_view,
        stage=Stage.PROGRAMME,
        words=gettext_lazy("Timetable"),
        may=may_schedule,
    ),
    EditionPage(name=f"{NAME}_state", path="schedule/state/", view=ScheduleMixin.schedule_state_view),
    EditionPage(name=f"{NAME}_item", path="schedule/<uuid:session>/", view=ScheduleMixin.schedule_item_view),
]
