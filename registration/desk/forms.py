"""What is asked of somebody who registers at the desk: as little as a place needs."""

from typing import Any, cast

from django import forms
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django_countries.fields import CountryField

from conference.accounts.hidden_signs import refuse_hidden_signs
from conference.models import Edition
from conference.templatetags.texts import shown
from registration.models import Registration, RegistrationType
from registration.services.waiting_list import free_places


class NewPersonForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    email = forms.EmailField(label=gettext_lazy("Email"), max_length=254, validators=[refuse_hidden_signs])
    country = CountryField(blank=False).formfield(label=gettext_lazy("Country"))
    role = forms.ChoiceField(label=gettext_lazy("Role"))
    organisation_name = forms.CharField(label=gettext_lazy("Organisation"), max_length=200, required=False)
    registration_type: "forms.ModelChoiceField[RegistrationType]" = forms.ModelChoiceField(
        label=gettext_lazy("Kind of registration"),
        queryset=RegistrationType.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
    )
    consent = forms.BooleanField(
        label=gettext_lazy("This person has read how we handle personal data, and agrees."),
        help_text=gettext_lazy("They get a mail with their ticket and a way to complete their details."),
    )

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [(value, capfirst(label)) for value, label in Registration.Role.choices]
        cast(forms.ChoiceField, self.fields["role"]).choices = [("", _("Choose…")), *roles]
        kinds = list(edition.registration_types.all())
        field = cast("forms.ModelChoiceField[RegistrationType]", self.fields["registration_type"])
        field.queryset, field.initial = edition.registration_types.all(), kinds[0] if kinds else None
        field.choices = [(kind.pk, label_of(kind)) for kind in kinds]

    def answers(self) -> dict[str, Any]:
        given = {name: value for name, value in self.cleaned_data.items() if name != "consent"}
        return given | {"language": get_language() or "en"}


def label_of(kind: RegistrationType) -> str:
    """With the places that are left, so that nobody is promised one that is gone."""
    name, left = shown(kind, "name")[0], free_places(kind)
    if left is None:
        return name
    return f"{name} · {_('full') if not left else _('%(count)s left') % {'count': left}}"
