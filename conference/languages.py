"""The languages of the site, and which of them an edition or the site offers."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info

CODES = [code for code, _name in settings.LANGUAGES]


def offered(chosen: str) -> list[str]:
    """The codes of a choice such as "en,fr", in the site's order; nothing chosen means all of them.

    The first language of the site is always one: texts that lack in another are shown in it.
    """
    said = chosen.split(",") if chosen else CODES
    return [code for code in CODES if code in said or code == CODES[0]]


def own_name(code: str) -> str:
    """What the language calls itself."""
    return str(get_language_info(code)["name_local"]).capitalize()


class LanguagesField(forms.MultipleChoiceField):
    """Boxes to tick, kept as one text of codes; all of them ticked is the same as none."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("max_length", None)
        super().__init__(
            **kwargs
            | {"choices": settings.LANGUAGES, "widget": forms.CheckboxSelectMultiple, "required": False}
        )

    def prepare_value(self, value: Any) -> Any:
        return offered(value) if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        ticked = super().clean(value)
        return joined(ticked)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return joined(offered(initial or "")) != joined(data or [])


def joined(codes: Iterable[str]) -> str:
    found = offered(",".join(codes))
    return "" if found == CODES else ",".join(found)
