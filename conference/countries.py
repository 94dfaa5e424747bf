"""A question for a country: its long list is put in order, checked and drawn once for each language."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_countries import countries

KEPT = 200  # lists drawn: one for each language, country chosen and set of attributes


@lru_cache
def countries_in(language: str | None) -> tuple[tuple[str, str], ...]:
    """Code and name in the order of the language, which is the active one."""
    return tuple((code, str(name)) for code, name in countries)


def country_choices() -> list[tuple[str, str]]:
    return [("", _("Choose a country")), *countries_in(get_language())]


@lru_cache(maxsize=KEPT)
def drawn(language: str | None, name: str, value: str, attrs: frozenset[tuple[str, Any]]) -> SafeString:
    """The whole select: 250 options take longer to draw than the rest of a page."""
    return forms.Select(choices=country_choices()).render(name, value, dict(attrs))


class CountrySelect(forms.Select):
    def render(
        self,
        name: str,
        value: Any,
        attrs: Mapping[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        chosen = str(value) if value and str(value) in countries.countries else ""
        return drawn(get_language(), name, chosen, frozenset({**self.attrs, **(attrs or {})}.items()))


class CountryChoice(forms.ChoiceField):
    """One country, or none where it is not required."""

    widget = CountrySelect(attrs={"autocomplete": "country"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=country_choices, **kwargs)

    def valid_value(self, value: Any) -> bool:
        return value in countries.countries
