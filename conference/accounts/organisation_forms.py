"""What one fills in to found an organisation, or to say more about it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.accounts.domains import confirmed_domains
from conference.accounts.forms import NOT_IN_A_NAME
from conference.countries import CountryChoice
from conference.models import Organisation, User
from conference.similar_names import names_of, similar_to

FOUNDED_BY_PEOPLE = ("school", "higher_education", "npo", "federation", "public_body", "institute", "company")


def one_line(text: str) -> str:
    if NOT_IN_A_NAME.search(text):
        raise ValidationError(_("Write the name on one line, without control characters."))
    return " ".join(text.split())


class DescriptionForm(forms.ModelForm):
    """Town, country, website, and the domain that lets colleagues in."""

    country = CountryChoice(label=gettext_lazy("Country"), required=False)
    website = forms.URLField(
        label=gettext_lazy("Website"), required=False, max_length=200, assume_scheme="https"
    )
    domain = forms.ChoiceField(
        label=gettext_lazy("Colleagues join by themselves with an address at"),
        required=False,
        help_text=gettext_lazy("Only a domain in which you have a confirmed address yourself."),
    )

    class Meta:
        model = Organisation
        fields = ["city", "country", "website", "domain"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = self.instance.domain if self.instance.pk else ""
        domains = sorted({*confirmed_domains(user), *filter(None, [now])})
        self.fields["domain"].choices = [("", _("nobody: each asks first")), *((one, one) for one in domains)]  # type: ignore[attr-defined]
        if not domains:
            del self.fields["domain"]
        if self.instance.pk and self.instance.parts.exists():
            del self.fields["website"]  # organisers link to it

    def clean_city(self) -> str:
        return one_line(self.cleaned_data["city"])

    def _post_clean(self) -> None:
        """The service checks and saves; the form leaves the row it shows as it is."""


class FoundingForm(DescriptionForm):
    """A new organisation; where one of that name is known already, it asks whether this is another."""

    is_another = forms.BooleanField(required=False, label=gettext_lazy("No, mine is another one"))
    field_order = ["name", "acronym", "kind", "city", "country", "website", "domain", "is_another"]

    class Meta(DescriptionForm.Meta):
        fields = ["name", "acronym", "kind", *DescriptionForm.Meta.fields]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [pair for pair in Organisation.Kind.choices if pair[0] in FOUNDED_BY_PEOPLE]
        self.fields["kind"].choices = [("", _("Choose…")), *kinds]  # type: ignore[attr-defined]
        self.fields["kind"].initial = ""
        self.similar: list[Organisation] = []
        if not self.data.get("name"):
            del self.fields["is_another"]

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])

    def clean_acronym(self) -> str:
        return one_line(self.cleaned_data["acronym"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.similar = similar_to(cleaned.get("name", ""))
        if self.similar and not cleaned.get("is_another"):
            names = "; ".join(names_of(self.similar))
            raise ValidationError(_("Is it one of these? Then join it instead: %(names)s") % {"names": names})
        cleaned.pop("is_another", None)
        return cleaned
