"""The questions everyone answers for an account."""

import re
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ResetPasswordKeyForm
from allauth.account.models import EmailAddress
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.accounts.hidden_signs import refuse_hidden_signs
from conference.countries import CountryChoice
from conference.models import Page, User
from conference.turns import read_in_line

# Line ends and other control characters, and those that turn the direction of the text around them.
NOT_IN_A_NAME = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


class ConsentForm(forms.Form):
    """Consent to the privacy page in its present state."""

    consent = forms.BooleanField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.privacy_page = read_in_line("privacy", Page.objects.privacy)
        self.fields["consent"].label = consent_label()

    @property
    def consent_version(self) -> str:
        return self.privacy_page.version if self.privacy_page else ""


class NameForm(forms.Form):
    """The name as it stands on badge and certificate."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=200,
        strip=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def clean_name(self) -> str:
        name = self.cleaned_data["name"].strip(" \t")
        if NOT_IN_A_NAME.search(name):
            raise ValidationError(_("Write the name on one line, without control characters."))
        if not name:
            raise ValidationError(_("Fill in your name."))
        return name


class NewsForm(forms.Form):
    """The mails that a person can do without, and the language of all of them."""

    wants_news = forms.BooleanField(
        label=gettext_lazy("News by mail"),
        required=False,
        help_text=gettext_lazy(
            "When a new release changes sessions that you starred, booked or appear in, and what organisers send as "
            "news, such as an invitation to the next conference."
        ),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES, required=False)


class AccountForm(NameForm, ConsentForm):
    """Name, address, country, consent; a password for those who want one."""

    field_order = ["name", "email", "country", "password", "consent"]

    email = forms.EmailField(
        label=gettext_lazy("Email"),
        max_length=254,
        validators=[refuse_hidden_signs],
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    country = CountryChoice(label=gettext_lazy("Country"))
    password = forms.CharField(
        label=gettext_lazy("Password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy(
            "Only if you want one: at least 15 characters. Without it we email you a code when you log in."
        ),
    )

    def clean_email(self) -> str:
        return self.cleaned_data["email"].strip().lower()

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        if password:
            person = User(name=self.cleaned_data.get("name", ""), email=self.cleaned_data.get("email", ""))
            get_adapter().clean_password(password, person)
        return password


class NewPasswordForm(ResetPasswordKeyForm):
    """A password chosen with a mailed link: whoever has it holds the address, which is then verified."""

    def save(self) -> None:
        super().save()
        if not EmailAddress.objects.filter(user=self.user, verified=True).exists():
            address, _is_new = EmailAddress.objects.get_or_create(
                user=self.user, email=self.user.email, defaults={"primary": True}
            )
            address.set_verified()


def consent_label() -> SafeString:
    """What one agrees to, with a link to the privacy page."""
    text = _("My data may be used for this account and for what I register for.")
    url = reverse("conference:privacy")
    return format_html('{} <a href="{}">{}</a>', text, url, _("How we handle your data"))
