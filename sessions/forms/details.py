"""What a presentation is, for whom, and from when."""

from typing import Any

from django import forms
from django.conf.global_settings import LANGUAGES
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions.forms.availability import moment
from sessions.forms.description import ABOUT, DescriptionFields
from sessions.models import Presentation

MAX_DESCRIPTION = 5000


def language_choices() -> list[tuple[str, str]]:
    """Every language we know a name of, by that name."""
    return sorted(((code, capfirst(_(name))) for code, name in LANGUAGES), key=lambda pair: pair[1])


def capitalised(choices: list[tuple[str, Any]]) -> list[tuple[str, str]]:
    return [(value, capfirst(str(label))) for value, label in choices]


class DetailsForm(DescriptionFields):
    """The moment is read and shown in the active time zone: the view switches to that of the edition."""

    NOW, AFTER, MOMENT = "now", "after", "moment"

    language = forms.ChoiceField(label=gettext_lazy("Language"))
    opens = forms.ChoiceField(
        label=gettext_lazy("When does the file open?"),
        widget=forms.RadioSelect,
        initial=NOW,
        choices=[
            (NOW, gettext_lazy("As soon as it is approved")),
            (AFTER, gettext_lazy("After the session")),
            (MOMENT, gettext_lazy("From the moment below")),
        ],
    )
    opens_at = moment(gettext_lazy("Opens at"), required=False)
    description = forms.CharField(
        label=gettext_lazy("Description"),
        required=False,
        max_length=MAX_DESCRIPTION,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("What the reader finds in it. Markdown: **bold**, *italic*, lists and links."),
    )

    class Meta:
        model = Presentation
        about = [*ABOUT, "notes_are_shown"]
        fields = ["title", "kind", "language", "licence", "audience", "opens_at", "description", *about]
        field_order = ["title", "kind", "language", "licence", "audience", "opens", "opens_at", "description"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(self.Meta.field_order)
        self.fields["language"].choices = language_choices()  # type: ignore[attr-defined]
        self.fields["kind"].choices = capitalised(Presentation.Kind.choices)  # type: ignore[attr-defined]
        edition = self.instance.edition
        if edition:
            self.fields["opens_at"].help_text = _("In the time of the conference: %(zone)s") % {
                "zone": edition.time_zone
            }
        self._offer_audiences()
        if self.instance.opens_after_session or self.instance.opens_at:
            self.initial["opens"] = self.AFTER if self.instance.opens_after_session else self.MOMENT

    def _offer_audiences(self) -> None:
        """“Organisers only” is the organisers' word: a speaker neither gives nor takes it."""
        kept_back = Presentation.Audience.ORGANISERS
        if self.instance.audience == kept_back:
            del self.fields["audience"]
            return
        choices = [choice for choice in Presentation.Audience.choices if choice[0] != kept_back]
        self.fields["audience"].choices = capitalised(choices)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opens = cleaned.get("opens")
        if opens == self.MOMENT and not cleaned.get("opens_at") and "opens_at" not in self.errors:
            self.add_error("opens_at", ValidationError(_("Give the day and the time.")))
        if opens != self.MOMENT:
            cleaned["opens_at"] = None
        cleaned["opens_after_session"] = self.instance.opens_after_session = opens == self.AFTER
        return cleaned

    def details(self) -> dict[str, Any]:
        """What goes into the row of the presentation."""
        names = [*self.Meta.fields, "opens_after_session"]
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
