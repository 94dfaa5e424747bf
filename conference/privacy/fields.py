"""Every field of every table, and what the register says of it; for the test that finds what it says nothing of."""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import Model

from conference.privacy.register import TABLES, Table, tables


def own_fields(model: type[Model]) -> list[str]:
    """Columns of the model; a translation is what it translates, and the row's own number needs no words."""
    return [
        one.name
        for one in model._meta.concrete_fields
        if not hasattr(one, "translated_field") and one.name != "id"
    ]


def tracked(model: type[Model]) -> type[Model] | None:
    """What a table of former states keeps the states of: the register says of them what it says of the original."""
    return getattr(model, "instance_type", None)


def all_models() -> Iterator[type[Model]]:
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.proxy:
            yield model


def said_of(said: Table) -> list[str]:
    return [name for one in said.personal for name in one.fields] + list(said.others)


def unsaid() -> list[str]:
    """Fields of which the register says nothing, as app.Model.field."""
    tables()
    found = []
    for model in all_models():
        label = model._meta.label
        original = tracked(model)
        said = TABLES.get(original._meta.label if original and label not in TABLES else label)
        known = set(said_of(said)) if said else set()
        names = own_fields(model)
        if original:
            names = [name for name in names if name in own_fields(original)]
        found += [f"{label}.{name}" for name in names if name not in known]
    return found


def unknown() -> list[str]:
    """Fields that the register speaks of and that are no longer there, or of which it speaks twice."""
    found = []
    for said in tables():
        names = said_of(said)
        there = {one.name for one in said.model._meta.concrete_fields}
        twice = {name for name in names if names.count(name) > 1}
        beside = {name for one in said.personal for name in one.beside}
        found += [f"{said.label}.{name}" for name in sorted({*names, *beside} - there | twice)]
    return found
