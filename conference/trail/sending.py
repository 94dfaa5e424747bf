"""Values as a browser would send them for a form."""

from typing import Any

from django import forms
from django.http import QueryDict


def as_sent(form: forms.BaseForm, values: dict[str, Any]) -> QueryDict:
    """What a browser would send for this form with these values instead of those it shows."""
    data = QueryDict(mutable=True)
    for bound in form:
        value = bound.field.prepare_value(values.get(bound.name, bound.initial))
        put(data, bound.field.widget, bound.html_name, value)
    return data


def put(data: QueryDict, widget: Any, name: str, value: Any) -> None:
    widget = getattr(widget, "widget", widget)  # the admin wraps choices of other objects
    if isinstance(widget, forms.FileInput):
        return
    if hasattr(widget, "widgets_names"):  # of several boxes
        parts = zip(widget.widgets_names, widget.widgets, widget.decompress(value), strict=True)
        for ending, part, piece in parts:
            put(data, part, f"{name}{ending}", piece)
    elif isinstance(widget, forms.CheckboxInput):
        if value:
            data[name] = "on"
    else:
        said = widget.format_value(value)
        data.setlist(name, [str(one) for one in (said if isinstance(said, list | tuple) else [said]) if one is not None])  # fmt: skip
