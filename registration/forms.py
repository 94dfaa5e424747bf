"""What one fills in to register, to change that later, and to take a place in a workshop."""

from typing import Any, cast

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.accounts.forms import AccountForm, ConsentForm
from conference.countries import CountryChoice
from conference.dates import date_format
from conference.models import Edition, User
from conference.turns import read_in_line
from registration.models import Registration, RegistrationType, WorkshopBooking
from registration.offers import Offer
from registration.questions.asking import questions_of
from registration.questions.forms import QuestionsMixin, answers_so_far
from registration.services.needs import needs_deleted_on


class AnswersForm(forms.Form):
    """Role, organisation and needs."""

    role = forms.ChoiceField(label=gettext_lazy("Your role"))
    organisation_name = forms.CharField(
        label=gettext_lazy("Organisation"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    dietary_needs = forms.CharField(
        label=gettext_lazy("Dietary needs"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    access_needs = forms.CharField(
        label=gettext_lazy("Access needs"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    answers = ["role", "organisation_name", "dietary_needs", "access_needs"]

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [(value, capfirst(label)) for value, label in Registration.Role.choices]
        cast(forms.ChoiceField, self.fields["role"]).choices = [("", _("Choose…")), *roles]
        self.fields["dietary_needs"].help_text = purpose(_("Only for the catering."), edition)
        self.fields["access_needs"].help_text = purpose(
            _("Only to make rooms and workshops accessible to you."), edition
        )


def purpose(what_for: str, edition: Edition) -> str:
    """What needs are for and when they are deleted, to stand beside the question."""
    day = needs_deleted_on(edition)
    if day:
        until = _("We delete this on %(day)s.") % {"day": date_format(day, "DATE_FORMAT")}
    else:
        until = _("We delete this 30 days after the conference.")
    return f"{what_for} {until}"


class RegistrationForm(QuestionsMixin, AnswersForm):
    """For whoever registers; the type is asked only where there are several."""

    registration_type: "forms.ModelChoiceField[RegistrationType]" = forms.ModelChoiceField(
        label=gettext_lazy("Kind of registration"),
        queryset=RegistrationType.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": gettext_lazy("Choose one of the kinds that are open now.")},
    )

    def __init__(
        self, *args: Any, edition: Edition, offers: list[Offer], types: list[RegistrationType], **kwargs: Any
    ) -> None:
        """Offers: what is open now. Types: all that this person may know of, also what is closed."""
        super().__init__(*args, edition=edition, **kwargs)
        self.offers = offers
        kinds = [offer.type for offer in offers] or types
        self.default_type = kinds[0] if kinds else None
        self.ask(read_in_line(("questions", edition.pk), lambda: questions_of(edition)), kinds=kinds)
        if len(types) < 2:  # noqa: PLR2004  nothing to choose
            del self.fields["registration_type"]
            return
        field = cast("forms.ModelChoiceField[RegistrationType]", self.fields["registration_type"])
        field.queryset = edition.registration_types.filter(pk__in=[kind.pk for kind in types])
        field.initial = self.default_type
        field.choices = [(offer.type.pk, label_of(offer)) for offer in offers]

    @property
    def chosen_type(self) -> RegistrationType | None:
        return self.cleaned_data.get("registration_type") or self.default_type

    def kind_asked(self) -> RegistrationType | None:
        return self.chosen_type

    def registration_answers(self) -> dict[str, Any]:
        return {field: self.cleaned_data[field] for field in self.answers}


def label_of(offer: Offer) -> str:
    """Name, fee and places, with what it is below."""
    title = " · ".join(part for part in (offer.type.name, offer.fee, offer.words) if part)
    until = _("Until %(moment)s.") % {"moment": offer.closes} if offer.closes_earlier else ""
    lines = [line for line in (offer.type.description, offer.type.fee_text, until) if line]
    if not lines:
        return title
    about = format_html_join(mark_safe("<br>"), "{}", ((line,) for line in lines))
    return format_html('<span>{}<br><span class="field-help">{}</span></span>', title, about)


class NewcomerForm(AccountForm, RegistrationForm):
    """For whoever has no account: name, email, country, role and consent are all that is required."""

    field_order = [
        "name", "email", "country", "role", "registration_type",
        "organisation_name", "dietary_needs", "access_needs", "password", "consent",
    ]  # fmt: skip


class MemberForm(ConsentForm, RegistrationForm):
    """For whoever is logged in: only what the account does not say."""

    country = CountryChoice(label=gettext_lazy("Country"))
    field_order = ["country", "role", "registration_type"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if user.country:
            del self.fields["country"]


class ChangeForm(QuestionsMixin, AnswersForm):
    """To change one's answers, while that is possible."""

    def __init__(self, *args: Any, registration: Registration, **kwargs: Any) -> None:
        initial = {field: getattr(registration, field) for field in self.answers}
        super().__init__(*args, edition=registration.edition, initial=initial, **kwargs)
        questions = questions_of(registration.edition)
        self.ask(
            questions,
            kinds=[registration.registration_type],
            answers=answers_so_far(registration, questions),
            is_change=True,
        )

    def details(self) -> dict[str, Any]:
        """What the registration itself keeps."""
        return {field: self.cleaned_data[field] for field in self.answers if field in self.fields}


class BookingForm(forms.Form):
    """What comes with the button of a workshop: places to give back for it, and that waiting is fine."""

    give_back = forms.MultipleChoiceField(required=False)
    waiting_ok = forms.BooleanField(required=False)

    def __init__(self, *args: Any, registration: Registration, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mine = {str(booking.pk): booking for booking in registration.bookings.active()}
        choices = cast(forms.MultipleChoiceField, self.fields["give_back"])
        choices.choices = [(pk, pk) for pk in self.mine]

    def clean_give_back(self) -> list[WorkshopBooking]:
        return [self.mine[pk] for pk in self.cleaned_data["give_back"]]
