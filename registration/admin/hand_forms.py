"""What an organiser chooses on the pages of admin/hands.py."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from conference.accounts.forms import AccountForm
from conference.accounts.hidden_signs import refuse_hidden_signs
from conference.models import Edition
from registration.models import Registration, RegistrationType
from sessions.models import Workshop

ON_PURPOSE = _("also if it is full")


class HandForm(forms.Form):
    """About one registration; says what the button does."""

    says: ClassVar[Any] = ""

    def __init__(self, *args: Any, registration: Registration, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.registration = registration


class PlaceForm(HandForm):
    says = _("They get a place at once, before others who wait, also if that is one more than there are.")


class TypeForm(HandForm):
    says = _(
        "A place there comes free for the next person. Who has a place keeps one; who waits starts at the end of "
        "the other queue, if it has one."
    )
    registration_type = forms.ModelChoiceField(
        label=_("Kind of registration"), queryset=RegistrationType.objects.none()
    )
    on_purpose = forms.BooleanField(label=ON_PURPOSE, required=False)

    def __init__(self, *args: Any, registration: Registration, **kwargs: Any) -> None:
        super().__init__(*args, registration=registration, **kwargs)
        others = registration.edition.registration_types.exclude(pk=registration.registration_type_id)
        field: Any = self.fields["registration_type"]
        field.queryset = others


class WorkshopForm(HandForm):
    says = _("They get a place at once, before others who wait, also if that is one more than there are.")
    workshop = forms.ModelChoiceField(label=_("Workshop"), queryset=Workshop.objects.none())

    def __init__(self, *args: Any, registration: Registration, **kwargs: Any) -> None:
        super().__init__(*args, registration=registration, **kwargs)
        field: Any = self.fields["workshop"]
        workshops = Workshop.objects.filter(edition=registration.edition_id, takes_bookings=True)
        field.queryset = workshops.plannable().in_order()


class NewRegistrationForm(forms.Form):
    """A person, their kind of registration, and that they agreed."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(
        label=_("Email"),
        max_length=254,
        validators=[refuse_hidden_signs],
        help_text=_("Whoever has an account with it is registered with that account."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    country = CountryField().formfield(label=_("Country"))
    registration_type = forms.ModelChoiceField(
        label=_("Kind of registration"), queryset=RegistrationType.objects.none()
    )
    on_purpose = forms.BooleanField(label=ON_PURPOSE, required=False)
    role = forms.ChoiceField(label=_("Role"), choices=Registration.Role.choices)
    organisation_name = forms.CharField(label=_("Organisation"), max_length=200, required=False)
    has_agreed = forms.BooleanField(
        label=_("They agreed that their data is used for this"),
        help_text=_("Ask them before you register them."),
    )
    clean_email = AccountForm.clean_email
    clean_name = AccountForm.clean_name

    def __init__(self, *args: Any, edition: Edition | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["registration_type"]
        field.queryset = RegistrationType.objects.filter(edition=edition)
