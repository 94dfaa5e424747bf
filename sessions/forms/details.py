"""What a presentation is, for whom, and from when."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.languages import language_choices
from sessions.forms.availability import moment
from sessions.forms.description import ABOUT, DescriptionFields
from sessions.models import Presentation
from sessions.services.allowing import audiences_for, earliest_opening, moment_words, too_early
from sessions.services.presentations import LABELS

MAX_DESCRIPTION = 5000


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
        self.fields["opens_at"].is_needed = True  # type: ignore[attr-defined]  # shown when it is chosen
        edition = self.instance.edition
        if edition:
            self.fields["opens_at"].help_text = _("In the time of the conference: %(zone)s") % {
                "zone": edition.time_zone
            }
        self._offer_audiences()
        self._offer_moments()
        self._keep_what_was_approved()

    def _offer_audiences(self) -> None:
        """“Organisers only” is the organisers' word: a speaker neither gives nor takes it."""
        row = self.instance
        if row.audience == Presentation.Audience.ORGANISERS:
            del self.fields["audience"]
            return
        allowed = audiences_for(row.edition, kept=row.audience if row.pk else "")
        self.fields["audience"].choices = capitalised([(one.value, one.label) for one in allowed])  # type: ignore[attr-defined]
        if row.audience not in allowed:
            self.initial["audience"] = allowed[0]

    def _offer_moments(self) -> None:
        """What the row says now may stay; the rest begins when the organisers allow it."""
        row = self.instance
        self.earliest = earliest_opening(row.edition)
        self.opened_at = row.opens_at  # as it was before this form
        opens = self.AFTER if row.opens_after_session else self.MOMENT if row.opens_at else self.NOW
        self.kept = opens if row.pk else ""
        self.initial["opens"] = opens
        if self.earliest:
            words = {"moment": moment_words(self.earliest)}
            said = {
                self.NOW: _("As soon as the organisers allow it: %(moment)s") % words,
                self.AFTER: _("After the session, and not before %(moment)s") % words,
            }
            choices = self.fields["opens"].choices  # type: ignore[attr-defined]
            self.fields["opens"].choices = [  # type: ignore[attr-defined]
                (key, label if key == self.kept else said.get(key, label)) for key, label in choices
            ]

    def _keep_what_was_approved(self) -> None:
        """Anybody may share a practice; so its words in the library stay those that an organiser read."""
        if self.instance.is_practice and self.instance.current_file_id:
            for name in ("title", "description"):
                self.fields[name].disabled = True
                self.fields[name].help_text = _(
                    "These words were approved and stand in the library. To change them, write to the organisers."
                )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opens = cleaned.get("opens")
        if opens == self.MOMENT:
            self._check_moment(cleaned.get("opens_at"))
        else:
            cleaned["opens_at"] = self.opened_at if opens == self.kept else self.earliest
        cleaned["opens_after_session"] = self.instance.opens_after_session = opens == self.AFTER
        return cleaned

    def _check_moment(self, moment: datetime | None) -> None:
        if "opens_at" in self.errors:
            return
        if not moment:
            self.add_error("opens_at", ValidationError(_("Give the day and the time.")))
        elif self.earliest and moment < self.earliest and moment != self.opened_at:
            self.add_error("opens_at", ValidationError(too_early(self.earliest)))

    def details(self) -> dict[str, Any]:
        """What goes into the row of the presentation."""
        names = [*self.Meta.fields, "opens_after_session"]
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}

    def values_and_labels(self) -> dict[str, dict[str, Any]]:
        """The same apart, as `describe()` takes it."""
        given = self.details()
        labels = {name: given.pop(name) for name in LABELS if name in given}
        return {"values": given, "labels": labels}
