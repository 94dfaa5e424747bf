"""What one fills in to hand a registration over, to take one over, and to register colleagues."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.accounts.forms import AccountForm, ConsentForm
from conference.accounts.hidden_signs import refuse_hidden_signs
from conference.accounts.organisation_forms import one_line
from conference.countries import CountryChoice
from conference.models import Edition, Organisation, User
from registration.forms import AnswersForm, label_of
from registration.models import Registration, RegistrationType
from registration.offers import Offer, offers_of
from registration.questions.asking import questions_of
from registration.questions.forms import QuestionsMixin
from registration.services.colleagues import MOST_AT_ONCE, Colleague, held_for, types_for_colleagues


class ColleagueForm(forms.Form):
    """Whom it is for; nothing of it but the address is used before they come."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200, strip=False)
    email = forms.EmailField(label=gettext_lazy("Email"), max_length=254, validators=[refuse_hidden_signs])

    def clean_name(self) -> str:
        name = one_line(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(_("Fill in the name."))
        return name

    def clean_email(self) -> str:
        return self.cleaned_data["email"].strip().lower()


ColleagueFormSet = forms.formset_factory(
    ColleagueForm, extra=0, absolute_max=MOST_AT_ONCE, max_num=MOST_AT_ONCE
)


def people_in(formset: forms.BaseFormSet) -> dict[int, Colleague]:
    """The rows that were filled in, by their number."""
    return {
        number: Colleague(form.cleaned_data["name"], form.cleaned_data["email"])
        for number, form in enumerate(formset.forms)
        if form.cleaned_data.get("email")
    }


class WhatForForm(forms.Form):
    """For which organisation, and which kind of registration; each asked only where there are several."""

    organisation: "forms.ModelChoiceField[Organisation]" = forms.ModelChoiceField(
        label=gettext_lazy("Organisation"), queryset=Organisation.objects.none(), empty_label=None
    )
    registration_type: "forms.ModelChoiceField[RegistrationType]" = forms.ModelChoiceField(
        label=gettext_lazy("Kind of registration"),
        queryset=RegistrationType.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": gettext_lazy("Choose one of the kinds that are open now.")},
    )

    def __init__(self, *args: Any, edition: Edition, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Organisation.objects.filter(memberships__user=user, memberships__status="member")
        kinds = {
            kind.pk for one in mine for kind in types_for_colleagues(edition, user=user, organisation=one)
        }
        open_to_me = offers_of(edition, user=user)
        self.offers = [offer for offer in open_to_me if offer.type.pk in kinds]
        self.reserved_names = [
            offer.type.name
            for offer in open_to_me
            if offer.type.pk not in kinds and offer.type.for_whom == RegistrationType.ForWhom.MEMBERS
        ]
        organisation = cast("forms.ModelChoiceField[Organisation]", self.fields["organisation"])
        organisation.queryset, organisation.initial = mine, mine.first()
        self.held = held_for(mine, by=user, edition=edition) if self.offers else []
        field = cast("forms.ModelChoiceField[RegistrationType]", self.fields["registration_type"])
        field.queryset = edition.registration_types.filter(pk__in=kinds)
        field.choices = [(offer.type.pk, label_for_colleagues(offer)) for offer in self.offers]
        field.initial = self.offers[0].type.pk if self.offers else None
        self.is_member = mine.exists()


def label_for_colleagues(offer: Offer) -> str:
    """Colleagues never wait, so a full kind only says that it is full."""
    return f"{offer.type.name} · {_('full')}" if offer.is_full else label_of(offer)


class TakeOverForm(ConsentForm, QuestionsMixin, AnswersForm):
    """The colleague's own answers and consent; nothing of what the other person said is shown."""

    country = CountryChoice(label=gettext_lazy("Country"))

    def __init__(self, *args: Any, registration: Registration, **kwargs: Any) -> None:
        organisation = registration.organisation
        initial = {
            "organisation_name": organisation.name if organisation else "",
            **kwargs.pop("initial", {}),
        }
        super().__init__(*args, edition=registration.edition, initial=initial, **kwargs)
        self.ask(questions_of(registration.edition), kinds=[registration.registration_type])

    def details(self) -> dict[str, Any]:
        return {field: self.cleaned_data[field] for field in [*self.answers, "country"]}


class MemberTakeOverForm(TakeOverForm):
    """For whoever is logged in."""

    field_order = ["country", "role"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, initial={"country": str(user.country)}, **kwargs)


class NewcomerTakeOverForm(AccountForm, TakeOverForm):
    """For whoever has no account yet; the address is that of the mail, which proves it."""

    field_order = [
        "name",
        "country",
        "role",
        "organisation_name",
        "dietary_needs",
        "access_needs",
        "password",
    ]

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, initial={"name": name}, **kwargs)
        del self.fields["email"]
