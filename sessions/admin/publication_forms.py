"""What organisers fill in about a part of a publication, by its kind, and about a publication made from themes."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from conference.admin.base import WholeForm
from conference.forms import PictureField
from conference.languages import LanguageField
from conference.models import Theme
from sessions.models import Publication, PublicationPart
from sessions.publications.building import lock

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


SALT = "admin.seen.part"
AGAIN = "told"  # that it was removed, so the next save adds it
CHANGED = _(
    "Somebody else changed this part meanwhile. What you typed is still here and not saved: open the page again in a "
    "new tab and compare."
)
REMOVED = _(
    "Somebody else removed this part meanwhile. What you typed is still here: save it to add it again, as a new part "
    "at the end."
)


class PartForm(WholeForm):
    """Only the fields of its kind, and those that this kind needs.

    It remembers which state of the part was shown: a second organiser overwrites nobody, and loses no word.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    picture = PictureField(label=_("Picture"), required=False, widget=forms.FileInput)

    class Meta:
        model = PublicationPart
        fields = ["theme", "presentation", "session", "picture", "picture_text", "title", "body", "open_to"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = FIELDS[self.instance.kind]
        self.fields = {name: self.fields[name] for name in (*wanted, "seen")}
        if self.instance.pk:
            self.initial["seen"] = signing.dumps(state_of(self.instance), salt=SALT)
        for name in {"presentation", "session"} & set(wanted):
            field = self.fields[name]
            field.required, field.widget = True, searched(name)
            field.widget.choices = field.choices  # type: ignore[attr-defined]
        if self.instance.kind == Kind.TEXT:
            self.fields["body"].required = True
        if self.instance.kind == Kind.PICTURE:
            self.fields["picture_text"].required = True
            self.fields["picture"].required = not self.instance.picture

    def clean(self) -> dict[str, Any] | None:
        """Called in a transaction: the lock makes a second save wait and then see the first."""
        cleaned = super().clean()
        shown = seen_in(self.data.get("seen", ""))
        if self.instance.pk:
            lock(self.instance.publication)
            now = PublicationPart.objects.filter(pk=self.instance.pk).first()
            if not now or shown != state_of(now):
                raise ValidationError(CHANGED, code="changed_meanwhile")
        elif shown and shown[-1] != AGAIN:
            again = signing.dumps([*shown[:2], AGAIN], salt=SALT)
            self.data = {**self.data.dict(), "seen": again}  # type: ignore[union-attr]
            raise ValidationError(REMOVED, code="removed_meanwhile")
        return cleaned


def state_of(part: PublicationPart) -> list[Any]:
    """All that its form shows; its place may change without."""
    values = [part.kind, part.theme_id, part.presentation_id, part.session_id, part.picture.name or ""]
    return [part.pk, *values, part.picture_text, part.title, part.body, part.open_to]


def seen_in(said: str) -> list[Any]:
    """The state of a part that a form was shown with; empty if it was a new one."""
    try:
        return list(signing.loads(said, salt=SALT))
    except signing.BadSignature:
        return []


class ThemesForm(forms.Form):
    themes = forms.ModelMultipleChoiceField(
        label=_("Themes"),
        queryset=Theme.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each becomes a chapter, in the order of the years, with its public presentations and outcomes."),
    )  # fmt: skip


class FromThemesForm(ThemesForm):
    title = forms.CharField(label=_("Title"), max_length=300)
    language = LanguageField(label=_("Language"), initial="en")
    field_order = ["title", "language", "themes"]

    def slug(self) -> str:
        """An address made of the title that no other publication has."""
        wanted = slugify(self.cleaned_data["title"])[:100].strip("-") or "publication"
        taken = set(Publication.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
        numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
        return wanted if wanted not in taken else next(one for one in numbered if one not in taken)
