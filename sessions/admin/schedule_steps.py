"""One step in the schedule editor, as the script or a form sends it: check, then call the service."""

import json
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from conference.admin.base import person
from conference.models import Edition
from sessions.exceptions import ScheduleRefused
from sessions.forms.schedule import PlaceForm, seen_in
from sessions.models import Session, Slot, SlotChange
from sessions.services import scheduling

LONGEST_REQUEST = 10_000  # bytes; a step takes a few hundred


def read_step(request: HttpRequest) -> dict[str, str]:
    """The fields of a step, all of them text; JSON that is anything else is refused."""
    if request.content_type != "application/json":
        return {name: request.POST[name] for name in request.POST}
    if int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST_REQUEST:
        raise ScheduleRefused(_("That is too long for a step in the timetable."))
    try:
        given = json.loads(request.body)
    except (ValueError, RecursionError) as problem:
        raise ScheduleRefused(_("That is no step in the timetable.")) from problem
    if not isinstance(given, dict):
        raise ScheduleRefused(_("That is no step in the timetable."))
    return {str(name): as_text(name, value) for name, value in given.items()}


def as_text(name: str, value: Any) -> str:
    if name == "seen":
        return json.dumps(value)
    return str(value) if isinstance(value, str | int) else ""


def take_step(request: HttpRequest, edition: Edition, given: Mapping[str, str]) -> None:
    """Do what is asked; refusals are `ScheduleRefused`, strangers get 404, and who may not gets 403."""
    do = STEPS.get(given.get("do", ""))
    if not do:
        raise ScheduleRefused(_("That is no step in the timetable."))
    try:
        do(request, edition, given)
    except (Slot.DoesNotExist, Session.DoesNotExist, SlotChange.DoesNotExist) as problem:
        raise Http404 from problem


def place(request: HttpRequest, edition: Edition, given: Mapping[str, str]) -> None:
    session, slot = session_in(edition, given), guid_in(given, "slot")
    demand(request, "change" if slot else "add")
    row = Slot.objects.draft().filter(session=session, guid=slot).first() if slot else None
    form = PlaceForm(given, edition=edition, slot=row)
    if not form.is_valid():
        raise ScheduleRefused(form.refusal)
    scheduling.place_slot(
        edition=edition,
        session=session,
        slot=slot,
        room=form.cleaned_data["room"],
        starts_at=form.cleaned_data["starts_at"],
        ends_at=form.cleaned_data["ends_at"],
        seen=seen_in(given.get("seen", "")),
        by=person(request),
        is_another=bool(given.get("is_another")),
    )


def remove(request: HttpRequest, edition: Edition, given: Mapping[str, str]) -> None:
    demand(request, "delete")
    scheduling.remove_slot(**named(request, edition, given))


def copy(request: HttpRequest, edition: Edition, given: Mapping[str, str]) -> None:
    demand(request, "add")
    scheduling.copy_to_rooms(**named(request, edition, given))


def undo(request: HttpRequest, edition: Edition, given: Mapping[str, str]) -> None:
    asked = given.get("change", "")
    if not asked:
        scheduling.undo_last(edition=edition, by=person(request))
    elif asked.isdecimal() and len(asked) < 19:
        scheduling.undo_change(edition=edition, change=int(asked), by=person(request))
    else:
        raise Http404


STEPS: dict[str, Callable[[HttpRequest, Edition, Mapping[str, str]], None]] = {
    "place": place,
    "remove": remove,
    "copy": copy,
    "undo": undo,
}


def named(request: HttpRequest, edition: Edition, given: Mapping[str, str]) -> dict[str, Any]:
    slot = guid_in(given, "slot")
    if not slot:
        raise Http404
    return {
        "edition": edition,
        "session": session_in(edition, given),
        "slot": slot,
        "seen": seen_in(given.get("seen", "")),
        "by": person(request),
    }


def session_in(edition: Edition, given: Mapping[str, str]) -> Session:
    return get_object_or_404(Session, edition=edition, guid=guid_in(given, "session"))


def guid_in(given: Mapping[str, str], name: str) -> UUID | None:
    text = given.get(name, "")
    try:
        return UUID(text) if text else None
    except ValueError as problem:
        raise Http404 from problem


def demand(request: HttpRequest, verb: str) -> None:
    if not request.user.has_perm(f"conference_sessions.{verb}_slot"):
        raise PermissionDenied
