"""What organisers fill in: to whom a letter goes, and its words in each language of the site."""

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from conference.mail.words import WordsForm
from conference.models import Edition
from registration.letters.audience import Audience
from registration.letters.occasions import ORIGINALS
from registration.letters.places import ADDRESSES, BY_NAME
from registration.models import Letter, Registration
from sessions.models import Session, Workshop

MOST_DAYS = 90


class LetterWordsForm(WordsForm):
    """Subject and text of a letter in every language of the site."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, known=set(BY_NAME), addresses=ADDRESSES, **kwargs)

    @staticmethod
    def initial_of(letter: Letter) -> dict[str, Any]:
        found = {f"subject_{code}": words for code, words in letter.subjects.items()}
        return found | {f"text_{code}": words for code, words in letter.texts.items()}


def several(label: Any, **options: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, widget=forms.CheckboxSelectMultiple, **options
    )


class LetterForm(LetterWordsForm):
    """A letter sent by hand."""

    attendees = forms.BooleanField(
        label=gettext_lazy("People who registered"),
        required=False,
        help_text=gettext_lazy("A list below in which nothing is ticked leaves nobody out."),
    )
    statuses = several(gettext_lazy("Status"), choices=Registration.Status.choices, initial=["confirmed"])
    types = several(gettext_lazy("Registration type"))
    roles = several(gettext_lazy("Role"), choices=Registration.Role.choices)
    countries = several(gettext_lazy("Country"))
    workshops = several(gettext_lazy("Who is in one of these workshops"))
    places = forms.ChoiceField(
        label=gettext_lazy("In these workshops they"),
        choices=[
            ("confirmed", gettext_lazy("have a place")),
            ("waiting", gettext_lazy("wait for a place")),
            ("any", gettext_lazy("have a place or wait for one")),
        ],
        required=False,
    )
    speakers = forms.BooleanField(
        label=gettext_lazy("People on stage"),
        required=False,
        help_text=gettext_lazy(
            "What you tick above does not narrow these down: that is for people who registered."
        ),
    )
    state = forms.ChoiceField(
        label=gettext_lazy("Of these"),
        choices=[
            ("", gettext_lazy("everybody")),
            (
                "unconfirmed",
                gettext_lazy("those who have not confirmed: no account took over their page yet"),
            ),
            ("owing", gettext_lazy("those whose presentations are missing")),
        ],
        required=False,
    )
    sessions = several(gettext_lazy("In one of these sessions"))
    facilitators = forms.BooleanField(
        label=gettext_lazy("Facilitators of sessions and groups"), required=False
    )
    certified = forms.BooleanField(label=gettext_lazy("People with a valid certificate"), required=False)
    is_news = forms.BooleanField(
        label=gettext_lazy("This letter is news"),
        required=False,
        help_text=gettext_lazy(
            "News is what people can do without, such as an invitation to the next conference. It ends with a link to "
            "unsubscribe, and whoever has unsubscribed, or has no account, does not get it. A letter that people need "
            "because they registered or are on stage is not news: everybody gets it."
        ),
    )
    ATTENDEES = ("attendees", "statuses", "types", "roles", "countries", "workshops", "places")
    SPEAKERS = ("speakers", "state", "sessions")
    OTHERS = ("facilitators", "certified")

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Registration.objects.filter(edition=edition).exclude(country="").order_by()
        codes = rows.values_list("country", flat=True).distinct()
        choices = {
            "types": [(one.pk, str(one)) for one in edition.registration_types.all()],  # type: ignore[attr-defined]
            "countries": sorted(((code, countries.name(code)) for code in codes), key=lambda pair: pair[1]),
            "workshops": titles(Workshop.objects.filter(edition=edition, takes_bookings=True)),
            "sessions": titles(Session.objects.filter(edition=edition, appearances__isnull=False).distinct()),
        }
        for name, found in choices.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        circles = ("attendees", "speakers", "facilitators", "certified")
        if not any(cleaned.get(name) for name in circles):
            self.add_error("attendees", _("Choose who gets the letter."))
        if cleaned.get("attendees") and not cleaned.get("statuses") and "statuses" not in self.errors:
            self.add_error("statuses", _("Choose one status at least."))
        return cleaned

    def audience(self) -> Audience:
        said = {name: self.cleaned_data[name] for name in (*self.ATTENDEES, *self.SPEAKERS, *self.OTHERS)}
        for name in ("types", "workshops", "sessions"):
            said[name] = [int(key) for key in said[name]]
        return Audience(**said | {"places": said["places"] or "confirmed"})

    def changes(self) -> dict[str, Any]:
        kept = {"audience": self.audience().as_options(), "is_news": self.cleaned_data["is_news"]}
        return {**self.words(), **kept}

    @staticmethod
    def initial_of(letter: Letter) -> dict[str, Any]:
        return {**LetterWordsForm.initial_of(letter), **letter.audience, "is_news": letter.is_news}

    def parts(self) -> list[dict[str, Any]]:
        """The groups in which the page shows what is asked."""
        return [
            {"title": _("People who registered"), "fields": [self[name] for name in self.ATTENDEES]},
            {"title": _("People on stage"), "fields": [self[name] for name in self.SPEAKERS]},
            {"title": _("Others"), "fields": [self[name] for name in (*self.OTHERS, "is_news")]},
            {"title": _("Words"), "fields": list(self.word_fields())},
        ]


def titles(sessions: Any) -> list[tuple[int, str]]:
    return [(one.pk, one.title) for one in sessions.order_by("title", "pk")]


class OccasionWordsForm(LetterWordsForm):
    """The words of a letter that goes by itself; whom it is for is fixed."""

    def changes(self) -> dict[str, Any]:
        return self.words()

    def parts(self) -> list[dict[str, Any]]:
        return [{"title": _("Words"), "fields": list(self.word_fields())}]


class OccasionForm(forms.Form):
    """A moment at which a letter goes by itself."""

    occasion = forms.ChoiceField(label=gettext_lazy("Letter"))
    days = forms.IntegerField(
        label=gettext_lazy("Days before or after"), min_value=0, max_value=MOST_DAYS, initial=1
    )
    clock = forms.TimeField(
        label=gettext_lazy("Time"),
        initial=time(10),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["occasion"].choices = [  # type: ignore[attr-defined]
            (key.value, f"{key.label}: {original.when}") for key, original in ORIGINALS.items()
        ]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("days") == 0 and cleaned.get("occasion") == Letter.Occasion.TOMORROW:
            self.add_error("days", _("On the first day it would come too late: one day before, or more."))
        return cleaned
