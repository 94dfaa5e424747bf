"""What an organiser chooses before a list is exported."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from conference.models import Edition, User
from conference.sheets.writing import FORMS
from registration.exporting.lists import Listing
from registration.exporting.making import known_columns
from registration.exporting.wishes import Wish
from registration.models import Registration, RegistrationType
from sessions.models import Session


class ExportForm(forms.Form):
    form = forms.ChoiceField(
        label=_("File"),
        choices=[(key, one.words) for key, one in FORMS.items()],
        widget=forms.RadioSelect,
        initial="xlsx",
    )
    session = forms.ModelChoiceField(
        Session.objects.none(), label=_("Session"), required=False, empty_label=_("All")
    )
    statuses = forms.MultipleChoiceField(label=_("Status"), widget=forms.CheckboxSelectMultiple)
    types = forms.ModelMultipleChoiceField(
        RegistrationType.objects.none(),
        label=_("Registration types"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all of them."),
    )
    columns = forms.MultipleChoiceField(label=_("Columns"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, listing: Listing, edition: Edition, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.listing = listing
        fields: Any = self.fields
        fields["types"].queryset = edition.registration_types.all()
        fields["statuses"].choices = [(one.value, capfirst(one.label)) for one in Registration.Status]
        fields["statuses"].initial = listing.statuses
        self.known = known_columns(listing, edition, by)
        fields["columns"].choices = [(column.key, column.heading) for column in self.known]
        fields["columns"].initial = [column.key for column in self.known if column.is_usual]
        if listing.sessions:
            fields["session"].queryset = listing.sessions(edition)
        else:
            del fields["session"]

    def wish(self) -> Wish:
        said = self.cleaned_data
        return Wish(
            listing=self.listing.key,
            form=said["form"],
            columns=said["columns"],
            statuses=said["statuses"],
            types=sorted(kind.pk for kind in said["types"]),
            session=said["session"].pk if said.get("session") else None,
        )

    def has_needs(self) -> bool:
        """Whether anything sensitive is in the file; the answers to sensitive questions are too."""
        chosen = self.cleaned_data["columns"]
        sensitive = any(column.is_need for column in self.known if column.key in chosen)
        return sensitive or "registration.view_needs" in self.listing.permissions
