"""What an organiser chooses before badges are made."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from conference.models import Edition
from registration.badges.designs import DESIGNS, LOOKS
from registration.badges.people import Choice
from registration.models import RegistrationType

ORDERS = {"last": _("by the last word of the name"), "first": _("by the first word of the name")}


class BadgeForm(forms.Form):
    design = forms.ChoiceField(label=_("Design"), choices=[(key, one.name) for key, one in DESIGNS.items()])
    look = forms.ChoiceField(label=_("Colours"), choices=list(LOOKS.items()))
    types = forms.ModelMultipleChoiceField(
        RegistrationType.objects.none(),
        label=_("Registration types"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all of them."),
    )
    order = forms.ChoiceField(label=_("Alphabet"), choices=list(ORDERS.items()))
    first = forms.CharField(
        label=_("From"), max_length=5, required=False, help_text=_("Such as A; empty: from the start.")
    )
    last = forms.CharField(
        label=_("To"),
        max_length=5,
        required=False,
        help_text=_("Such as K, with all that begins with K; empty: to the end."),
    )
    only_new = forms.BooleanField(
        label=_("Only new ones"),
        required=False,
        help_text=_("Whose badge nobody has said to be printed yet."),
    )
    with_others = forms.BooleanField(
        label=_("Also who speaks or helps without a registration"),
        required=False,
        help_text=_("Their badges have no code, and are made each time."),
    )  # fmt: skip

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        types: Any = self.fields["types"]
        types.queryset = edition.registration_types.all()

    def choice(self) -> Choice:
        said = self.cleaned_data
        return Choice(
            design=said["design"],
            look=said["look"],
            types=sorted(kind.pk for kind in said["types"]),
            first=said["first"],
            last=said["last"],
            by_last_word=said["order"] == "last",
            only_new=said["only_new"],
            with_others=said["with_others"],
        )


def first_choice() -> dict[str, Any]:
    """What stands in the form when it is opened."""
    return {"design": "a6", "look": "colour", "order": "last", "only_new": "on"}
