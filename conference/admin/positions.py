"""Rows in an order of the organisers: what is added stands last until they say otherwise."""

from typing import Any

from django.contrib.admin.options import InlineModelAdmin
from django.db.models import Max, Model
from django.http import HttpRequest


class AddedLast(InlineModelAdmin):
    """For inlines of a model with a position."""

    def get_formset(self, request: HttpRequest, obj: Model | None = None, **kwargs: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **kwargs)
        position = formset.form.base_fields.get("position")  # absent for who may only look
        if position and obj:
            rows = self.model._default_manager.filter(**{formset.fk.name: obj})
            position.initial = (rows.aggregate(last=Max("position"))["last"] or 0) + 1
        return formset
