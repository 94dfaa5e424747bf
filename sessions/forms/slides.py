"""What organisers do with several sessions of the board at once, and when speakers are asked by themselves."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference import clock
from conference.models import Edition
from sessions.forms.availability import moment
from sessions.models import SlidesReminder

MOST_REMINDERS = 20  # of one edition


class BulkForm(forms.Form):
    PROMISED, NONE, AWAITED = "promised", "none", "awaited"

    step = forms.ChoiceField(
        label=gettext_lazy("With the chosen sessions"),
        choices=[
            (PROMISED, gettext_lazy("Promised for the day beside this")),
            (NONE, gettext_lazy("There will be no presentation")),
            (AWAITED, gettext_lazy("Presentations are expected; no day is promised")),
        ],
    )
    day = forms.DateField(
        label=gettext_lazy("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("step") == self.PROMISED and not isinstance(cleaned.get("day"), date):
            self.add_error("day", ValidationError(_("Give the day.")))
        return cleaned


class ReminderForm(forms.ModelForm):
    """The moment is read in the active time zone: the page switches to that of the edition."""

    at = moment(gettext_lazy("Moment"))

    class Meta:
        model = SlidesReminder
        fields = ["at"]

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, instance=SlidesReminder(edition=edition), **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        at, edition = cleaned.get("at"), self.instance.edition
        if at and at <= clock.now():
            self.add_error("at", ValidationError(_("Choose a moment that is still ahead.")))
        elif at and edition.slides_reminders.filter(at=at).exists():
            self.add_error("at", ValidationError(_("There is a reminder at that moment already.")))
        elif edition.slides_reminders.filter(sent_at=None).count() >= MOST_REMINDERS:
            raise ValidationError(_("More than %(most)s reminders are not kept.") % {"most": MOST_REMINDERS})
        return cleaned
