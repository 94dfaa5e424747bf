"""The questions everyone answers for an account."""

import re
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ResetPasswordKeyForm
from allauth.account.models import EmailAddress
from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries.fields import CountryField

from conference.models import Page, User

# Line ends and other control characters, and those that turn the direction of the text around them.
NOT_IN_A_NAME = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


class AccountForm(forms.Form):
    """Name, address, country, consent; a password for those who want one."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=200,
        strip=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Email"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    country = CountryField(blank_label=gettext_lazy("Choose a country")).formfield(  # type: ignore[call-overload]
        label=gettext_lazy("Country"), widget=forms.Select(attrs={"autocomplete": "country"})
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy(
            "Only if you want one: at least 15 characters. Without it we email you a code when you log in."
        ),
    )
    consent = forms.BooleanField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consent"].label = consent_label()

    def clean_name(self) -> str:
        name = self.cleaned_data["name"].strip(" \t")
        if NOT_IN_A_NAME.search(name):
            raise ValidationError(_("Write the name on one line, without control characters."))
        if not name:
            raise ValidationError(_("Fill in your name."))
        return name

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


def consent_label() -> str | SafeString:
    """What one agrees to, with a link to the privacy page where there is one."""
    text = _("My data may be used for this account and for what I register for.")
    page = Page.objects.published().filter(slug="privacy", edition=None).only("slug", "edition").first()
    if not page:
        return text
    url = reverse("conference:page", args=[page.slug])
    return format_html('{} <a href="{}">{}</a>', text, url, _("How we handle your data"))
