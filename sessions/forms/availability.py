"""One time at which a speaker can be at an edition."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

FIRST, LAST = datetime(1970, 1, 2, tzinfo=UTC), datetime(2200, 12, 30, tzinfo=UTC)


def moment(label: Any, **options: Any) -> forms.DateTimeField:
    """Within the years that every database and time zone can reckon with."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    bounds = [MinValueValidator(FIRST), MaxValueValidator(LAST)]
    return forms.DateTimeField(label=label, widget=widget, validators=bounds, **options)


class AvailabilityForm(forms.Form):
    """Moments are read in the active time zone: the view switches to that of the edition."""

    starts_at = moment(gettext_lazy("From"))
    ends_at = moment(gettext_lazy("Until"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, end = cleaned.get("starts_at"), cleaned.get("ends_at")
        if start and end and end <= start:
            raise ValidationError({"ends_at": _("The end comes after the start.")})
        return cleaned
