"""What a member says about an own practice that is to stand in the library."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from conference.languages import language_choices
from conference.models import Edition, Theme
from sessions.forms.description import ABOUT, DescriptionFields
from sessions.forms.details import MAX_DESCRIPTION, capitalised
from sessions.forms.upload import UploadFields
from sessions.models import Presentation
from sessions.services.allowing import audiences_for
from sessions.services.practices import Agreed

STAYS, GOES = "stays", "goes"
CONSENT_VERSION = 1  # of the words of the consent: one more whenever they change


class PracticeForm(UploadFields, DescriptionFields):
    language = forms.ChoiceField(label=_("Language"))
    description = forms.CharField(
        label=_("Description"),
        max_length=MAX_DESCRIPTION,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Where it takes place, what is done, and what others can take from it. Markdown: **bold**, *italic*, lists and links."),
    )  # fmt: skip
    name = forms.CharField(
        label=_("Your name as printed"), max_length=200,
        help_text=_("Readers see it beside the practice."),
    )  # fmt: skip
    when_closed = forms.ChoiceField(
        label=_("If you close your account one day"),
        choices=[(STAYS, _("The practice stays with my name")), (GOES, _("The practice stays and my name is taken away"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    consent = forms.BooleanField(
        label=_("I made this, or may share it, and everybody may use it under the licence I chose. People who can be recognised in it agree."),
        help_text=_("We keep these words with the moment at which you agree."),
    )  # fmt: skip

    class Meta:
        model = Presentation
        about = [name for name in ABOUT if name not in ("country", "levels", "topics")]
        fields = [
            "title",
            "description",
            "country",
            "theme",
            "kind",
            "language",
            "licence",
            "audience",
            *ABOUT,
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = language_choices()  # type: ignore[attr-defined]
        self.fields["kind"].choices = capitalised(Presentation.Kind.choices)  # type: ignore[attr-defined]
        public = Theme.objects.filter(editions__in=Edition.objects.published()).distinct()
        self.fields["theme"].queryset = public  # type: ignore[attr-defined]
        self.fields["theme"].help_text = ""
        self.fields["country"].required = True
        self.fields["country"].help_text = _("Where the practice comes from.")
        self.fields["audience"].choices = capitalised([(one.value, one.label) for one in audiences_for(None)])  # type: ignore[attr-defined]
        self.order_fields(["title", "description", "country", "levels", "theme", "topics", "file", "link"])

    def main_fields(self) -> list[forms.BoundField]:
        """The consent comes last, right above the button."""
        fields = [field for field in super().main_fields() if field.name != "consent"]
        return [field for field in fields if not is_empty_list(field)]

    def about_fields(self) -> list[forms.BoundField]:
        rows = [self[name] for name in self.Meta.about]
        return [row for row in rows if not is_empty_list(row)]

    def agreed(self) -> Agreed:
        words = str(self.fields["consent"].label)
        stays = self.cleaned_data["when_closed"] == STAYS
        return Agreed(CONSENT_VERSION, words, get_language() or "en", stays)

    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


def is_empty_list(field: forms.BoundField) -> bool:
    return isinstance(field.field, forms.ModelMultipleChoiceField) and not field.field.queryset.exists()
