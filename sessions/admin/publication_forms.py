"""What organisers fill in about a part of a publication, by its kind, and about a publication made from themes."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from conference.admin.base import WholeForm
from conference.forms import PictureField
from conference.models import Theme
from sessions.models import Publication, PublicationPart

Kind = PublicationPart.Kind
FIELDS: dict[str, list[str]] = {
    Kind.CHAPTER: ["theme", "title", "body"],
    Kind.TEXT: ["title", "body", "open_to"],
    Kind.PRESENTATION: ["presentation", "title"],
    Kind.OUTCOMES: ["session", "title", "body", "open_to"],
    Kind.PICTURE: ["picture", "picture_text", "title", "body", "open_to"],
}


def searched(name: str) -> AutocompleteSelect:
    return AutocompleteSelect(PublicationPart._meta.get_field(name), admin.site)  # type: ignore[arg-type]


class PartForm(WholeForm):
    """Only the fields of its kind, and those that this kind needs."""

    picture = PictureField(label=_("Picture"), required=False, widget=forms.FileInput)

    class Meta:
        model = PublicationPart
        fields = ["theme", "presentation", "session", "picture", "picture_text", "title", "body", "open_to"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = FIELDS[self.instance.kind]
        self.fields = {name: self.fields[name] for name in wanted}
        for name in {"presentation", "session"} & set(wanted):
            field = self.fields[name]
            field.required, field.widget = True, searched(name)
            field.widget.choices = field.choices  # type: ignore[attr-defined]
        if self.instance.kind == Kind.TEXT:
            self.fields["body"].required = True
        if self.instance.kind == Kind.PICTURE:
            self.fields["picture_text"].required = True
            self.fields["picture"].required = not self.instance.picture


class ThemesForm(forms.Form):
    themes = forms.ModelMultipleChoiceField(
        label=_("Themes"),
        queryset=Theme.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each becomes a chapter, in the order of the years, with its public presentations and outcomes."),
    )  # fmt: skip


class FromThemesForm(ThemesForm):
    title = forms.CharField(label=_("Title"), max_length=300)
    language = forms.CharField(
        label=_("Language"), max_length=10, initial="en", help_text=_("A code such as en or nl")
    )
    field_order = ["title", "language", "themes"]

    def slug(self) -> str:
        """An address made of the title that no other publication has."""
        wanted = slugify(self.cleaned_data["title"])[:100].strip("-") or "publication"
        taken = set(Publication.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
        numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
        return wanted if wanted not in taken else next(one for one in numbered if one not in taken)
