"""When a session's presentation comes, in the words of who brings it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions.collecting.promising import expect_again, expect_none, promise
from sessions.exceptions import PromiseRefused
from sessions.models import Session


class PromiseForm(forms.Form):
    DAY, NONE, OPEN = "day", "none", "open"

    coming = forms.ChoiceField(
        label=gettext_lazy("When does it come?"),
        widget=forms.RadioSelect,
        choices=[
            (DAY, gettext_lazy("On the day below, at the latest")),
            (NONE, gettext_lazy("There will be none")),
            (OPEN, gettext_lazy("I do not know yet")),
        ],
    )
    day = forms.DateField(
        label=gettext_lazy("Day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        self.session = session
        super().__init__(*args, **kwargs)
        day = session.presentations_promised_for
        self.initial["day"] = day
        self.initial["coming"] = (
            self.DAY if day else self.OPEN if session.expects_presentations else self.NONE
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("coming") == self.DAY and not cleaned.get("day") and "day" not in self.errors:
            self.add_error("day", ValidationError(_("Give the day.")))
        return cleaned

    def keep(self) -> bool:
        """Whether it was kept; if not, the form says why."""
        if not self.is_valid():
            return False
        coming, sessions = self.cleaned_data["coming"], [self.session]
        try:
            if coming == self.DAY:
                promise(sessions=sessions, day=self.cleaned_data["day"])
            elif coming == self.NONE:
                expect_none(sessions=sessions)
            else:
                expect_again(sessions=sessions)
        except PromiseRefused as refusal:
            self.add_error("day", str(refusal))
            return False
        return True
