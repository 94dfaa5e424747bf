"""Bring back a former state: sent through the form of the admin, as if somebody had typed it in again."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from conference.trail.differences import Difference, Names, differences
from conference.trail.entries import current
from conference.trail.records import Tracked
from conference.trail.sending import as_sent


def restorable(kind: Tracked, form: forms.BaseForm) -> set[str]:
    """Fields that the form asks for and a state holds; files are not brought back, only their names are kept."""
    kept = {one.name for one in kind.fields()} | set(kind.linked)
    return (kept & set(form.fields)) - set(kind.files)


def filled(model_admin: Any, request: HttpRequest, row: models.Model, kind: Tracked, state: Any) -> Any:
    """The bound form of this object, with the values of the former state wherever it has them."""
    form_class = model_admin.get_form(request, row, change=True)
    shown = form_class(instance=row)
    values = {name: former(kind, state, name) for name in restorable(kind, shown)}
    return form_class(as_sent(shown, values), {}, instance=row)


def former(kind: Tracked, state: Any, name: str) -> Any:
    if name in kind.linked:
        target: Any = kind.model._meta.get_field(name).related_model
        return list(target._base_manager.filter(pk__in=state.linked.get(name, [])))
    return getattr(state, kind.model._meta.get_field(name).attname)  # type: ignore[union-attr]


def save(model_admin: Any, request: HttpRequest, form: Any) -> models.Model:
    """As the admin's own page does after its button."""
    row = model_admin.save_form(request, form, change=True)
    model_admin.save_model(request, row, form, True)
    model_admin.save_related(request, form, [], True)
    return row


def would_change(
    model_admin: admin.ModelAdmin, request: HttpRequest, row: models.Model, kind: Tracked, state: Any
) -> list[Difference]:
    """What the button would do, field by field; what the form does not ask for is left out."""
    now, names = current(kind, row), Names()
    asked = restorable(kind, model_admin.get_form(request, row, change=True)(instance=row))
    names.want(kind, [now, state])
    names.ask()
    return differences(kind, now, state, names, only=asked)
