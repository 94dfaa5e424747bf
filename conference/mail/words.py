"""The form for words with places: subject and text in every language of the site."""

from collections.abc import Collection, Iterator
from functools import partial
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

from conference.mail.filling import is_within_address, places_in
from conference.markdown import MAX_LENGTH

LANGUAGES = [code for code, _name in settings.LANGUAGES]


def refuse_unknown_places(words: str, *, known: Collection[str], addresses: Collection[str]) -> None:
    unknown = sorted(places_in(words) - set(known))
    if unknown:
        said = ngettext(
            "There is no place called %(names)s.", "There are no places called %(names)s.", len(unknown)
        )
        raise ValidationError(said % {"names": ", ".join(f"{{{name}}}" for name in unknown)})
    if is_within_address(words, addresses):
        raise ValidationError(_("Only places that are addresses can be the target of a link."))


class WordsForm(forms.Form):
    """A language has both subject and text, or neither."""

    must_be_written = True  # in one language at least

    def __init__(self, *args: Any, known: Collection[str], addresses: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        refuse = partial(refuse_unknown_places, known=known, addresses=addresses)
        for code in LANGUAGES:
            language = get_language_info(code)["name_translated"]
            self.fields[f"subject_{code}"] = forms.CharField(
                label=_("Subject (%(language)s)") % {"language": language},
                max_length=200, required=False, validators=[refuse],
                widget=forms.TextInput(attrs={"class": "vTextField", "lang": code}),
            )  # fmt: skip
            self.fields[f"text_{code}"] = forms.CharField(
                label=_("Text (%(language)s)") % {"language": language},
                max_length=MAX_LENGTH, required=False, validators=[refuse],
                widget=forms.Textarea(attrs={"class": "vLargeTextField", "rows": 12, "lang": code}),
                help_text=_("Markdown, with places in braces such as {name}."),
            )  # fmt: skip

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        for code in LANGUAGES:
            subject, text = cleaned[f"subject_{code}"], cleaned[f"text_{code}"]
            if bool(subject) != bool(text):
                missing = f"text_{code}" if subject else f"subject_{code}"
                self.add_error(missing, _("Subject and text belong together: write both or neither."))
        if self.must_be_written and not self.errors and not self.words()["texts"]:
            self.add_error(f"text_{LANGUAGES[0]}", _("Write the letter in one language at least."))
        return cleaned

    def words(self) -> dict[str, dict[str, str]]:
        """What is valid by language, or what the form began with."""
        said = self.cleaned_data if self.is_bound else self.initial
        written = [code for code in LANGUAGES if said.get(f"text_{code}")]
        return {
            "subjects": {code: " ".join(said[f"subject_{code}"].split()) for code in written},
            "texts": {code: said[f"text_{code}"] for code in written},
        }

    def word_fields(self) -> Iterator[forms.BoundField]:
        return (self[f"{part}_{code}"] for code in LANGUAGES for part in ("subject", "text"))
