"""Dates and times of the admin's forms lie in years that a conference can have; anything else is refused in words.

It stands beside the package `admin`, because importing that makes the first forms.
"""

from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib.admin import options
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

FIRST_YEAR, LAST_YEAR = 1900, 2200


def refuse_other_years(value: date | None) -> None:
    if value and not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValidationError(_("Choose a year between 1900 and 2200."), code="year")


class DayField(forms.DateField):
    def to_python(self, value: Any) -> date | None:
        day = super().to_python(value)
        refuse_other_years(day)
        return day


class MomentField(forms.SplitDateTimeField):
    """The year is looked at before the time zone: at the ends of the calendar, that cannot be calculated."""

    def compress(self, data_list: Any) -> datetime | None:
        if data_list:
            refuse_other_years(data_list[0])
        return super().compress(data_list)


def bound_years() -> None:
    """For every form of the admin, also inside others, as Django's own defaults are."""
    defaults: dict[Any, Any] = options.FORMFIELD_FOR_DBFIELD_DEFAULTS
    defaults[models.DateField]["form_class"] = DayField
    defaults[models.DateTimeField]["form_class"] = MomentField
