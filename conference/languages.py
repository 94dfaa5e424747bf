"""The languages of the site, which of them an edition or the site offers, and every language by its name."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.conf.global_settings import LANGUAGES
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

CODE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
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


def language_in_words(code: str) -> str:
    """The name of a language in the visitor's language; an unknown code stays as it is."""
    try:
        return capfirst(str(get_language_info(code)["name_translated"]))
    except KeyError:
        return code


def label_of(column: Any) -> str:
    """What a column is called; of a text that is kept in several languages also in which: “Title (Dutch)”."""
    language = getattr(column, "language", "")
    if not language:
        return capfirst(str(column.verbose_name))
    return f"{capfirst(str(column.translated_field.verbose_name))} ({language_in_words(language)})"


def language_choices() -> list[tuple[str, str]]:
    """Every language we know a name of, by that name."""
    return sorted(((code, capfirst(_(name))) for code, name in LANGUAGES), key=lambda pair: pair[1])


def site_choices() -> list[tuple[str, str]]:
    """The languages of the site's own words, each as it calls itself."""
    return [(code, own_name(code)) for code in CODES]


class LanguageSelect(forms.Select):
    """Offers what is kept also when it is a code of which we know no name, such as one from an import."""

    def optgroups(self, name: str, value: list[Any], attrs: Any = None) -> Any:
        groups = super().optgroups(name, value, attrs)
        known = {str(code) for code, _words in self.choices}
        for code in value:
            if code and code not in known:
                option = self.create_option(name, code, code, selected=True, index=len(groups))
                groups.append((None, [option], len(groups)))
        return groups


class LanguageField(forms.ChoiceField):
    """A language chosen by its name and kept as its code."""

    widget = LanguageSelect

    def __init__(self, *, names: Any = language_choices, **kwargs: Any) -> None:
        self.max_length = kwargs.pop("max_length", None) or 10
        self.names = names
        super().__init__(**kwargs | {"choices": self._offered, "help_text": ""})

    def _offered(self) -> list[tuple[str, str]]:
        return [*([] if self.required else BLANK_CHOICE_DASH), *self.names()]

    def valid_value(self, value: Any) -> bool:
        """Whatever can be a code, since an import may bring any."""
        return super().valid_value(value) or bool(
            self.names is language_choices and len(value) <= self.max_length and CODE.fullmatch(value)
        )


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
