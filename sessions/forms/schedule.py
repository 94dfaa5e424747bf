"""What an organiser says about a slot: the day, the start, the length and the room."""

import json
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from conference.dates import day_name
from conference.models import Edition, Room
from sessions.exceptions import ScheduleRefused
from sessions.models import Slot
from sessions.schedule_grid import moment_of
from sessions.slot_states import SlotState, state_of

FIRST, LAST = date(1970, 1, 2), date(2200, 12, 30)
DAY = 24 * 60
USUAL_MINUTES = 60


class PlaceForm(forms.Form):
    """Also checks what the script sends, so that both are refused in the same words."""

    day = forms.DateField(
        label=_("Day"),
        validators=[MinValueValidator(FIRST), MaxValueValidator(LAST)],
        widget=forms.DateInput(attrs={"type": "date", "list": "edition-days"}, format="%Y-%m-%d"),
    )
    start = forms.TimeField(label=_("Start"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    minutes = forms.IntegerField(label=_("Length in minutes"), min_value=1, max_value=DAY)
    room = forms.ModelChoiceField(
        Room.objects.none(), label=_("Room"), required=False, empty_label=_("the whole venue")
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, edition: Edition, slot: Slot | None = None, **kwargs: Any) -> None:
        self.edition, self.slot = edition, slot
        super().__init__(*args, initial=self._shown(slot) | kwargs.pop("initial", {}), **kwargs)
        self.fields["room"].queryset = Room.objects.filter(venue__edition=edition).select_related("venue")

    def _shown(self, slot: Slot | None) -> dict[str, Any]:
        known: dict[str, Any] = {"minutes": USUAL_MINUTES, "seen": json.dumps(state_of(slot))}
        if slot and slot.starts_at and slot.ends_at:
            local = slot.starts_at.astimezone(self.edition.zone)
            minutes = (slot.ends_at - slot.starts_at) // timedelta(minutes=1)
            known |= {"day": local.date(), "start": local.time(), "minutes": minutes}
        return known | {"room": slot.room_id if slot else None}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if {"day", "start", "minutes"} <= given.keys():
            try:
                given["starts_at"] = self._start(given)
            except ScheduleRefused as refusal:
                self.add_error("start", str(refusal))
            else:
                given["ends_at"] = given["starts_at"] + timedelta(minutes=given["minutes"])
        return given

    def _start(self, given: dict[str, Any]) -> datetime:
        """A slot whose start stays on the clock keeps its moment, also in the hour that comes twice."""
        asked = datetime.combine(given["day"], given["start"])
        old = self.slot.starts_at if self.slot else None
        if old and old.astimezone(self.edition.zone).replace(tzinfo=None) == asked:
            return old
        return moment_of(given["day"], given["start"], self.edition.zone)

    @property
    def refusal(self) -> str:
        """All that is wrong, in one line, each with the name of its field."""
        return " ".join(
            f"{self.fields[name].label}: {' '.join(words)}" if name in self.fields else " ".join(words)
            for name, words in self.errors.items()
        )


def seen_in(text: str) -> SlotState | None:
    """The state that the page showed; what cannot be read is a state that no slot is in."""
    try:
        return json.loads(text or "null")
    except (ValueError, RecursionError):
        return {"room": None, "starts_at": "?", "ends_at": "?"}


def days_of(edition: Edition) -> list[tuple[str, str]]:
    """The edition's own days, to choose from."""
    if not edition.starts_on:
        return []
    count = ((edition.ends_on or edition.starts_on) - edition.starts_on).days + 1
    days = [edition.starts_on + timedelta(days=number) for number in range(min(count, 31))]
    return [(day.isoformat(), day_name(day)) for day in days]
