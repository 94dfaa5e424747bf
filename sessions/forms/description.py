"""By what teachers find a presentation: what it is about, for whom, at which level; with suggestions beside."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions.describing.offering import Offered, offer_for, offer_for_session
from sessions.models import Audience, Competence, Level, Presentation, Subject, Topic

OLDEST = 120
LONGEST_KEY = 18  # digits
ABOUT = ["topics", "for_whom", "levels", "age_from", "age_to", "subjects", "competences", "country"]


class LabelField(forms.ModelMultipleChoiceField):
    """Rows of a list that organisers keep, each a box to tick; suggested ones come first and say so."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, required=False, **kwargs)
        self.suggested: tuple[int, ...] = ()

    def clean(self, value: Any) -> Any:
        """A number that no database can hold is no row of the list."""
        too_long = [one for one in value or [] if len(str(one)) > LONGEST_KEY]
        if too_long:
            code = "invalid_choice"
            raise ValidationError(self.error_messages[code], code=code, params={"value": too_long[0][:50]})
        return super().clean(value)

    def suggest(self, keys: tuple[int, ...]) -> None:
        self.suggested = keys
        rows = [(str(row.pk), self.label_from_instance(row)) for row in self.queryset]
        self.choices = sorted(
            rows, key=lambda row: int(row[0]) not in keys
        )  # the order of the list stays else

    def label_from_instance(self, obj: Any) -> str:
        name = str(obj)
        return _("%(name)s (suggested)") % {"name": name} if obj.pk in self.suggested else name


class DescriptionFields(forms.ModelForm):
    """None of it is needed; what is left open counts as “for all”."""

    topics = LabelField(label=gettext_lazy("Topics"), queryset=Topic.objects.all())
    for_whom = LabelField(label=gettext_lazy("For whom"), queryset=Audience.objects.all())
    levels = LabelField(
        label=gettext_lazy("Education levels"), queryset=Level.objects.all(),
        help_text=gettext_lazy("None: for all."),
    )  # fmt: skip
    age_from = forms.IntegerField(
        label=gettext_lazy("From age"), required=False, min_value=0, validators=[MaxValueValidator(OLDEST)]
    )
    age_to = forms.IntegerField(
        label=gettext_lazy("To age"), required=False, min_value=0, validators=[MaxValueValidator(OLDEST)]
    )
    subjects = LabelField(
        label=gettext_lazy("Subjects"),
        queryset=Subject.objects.all(),
        help_text=gettext_lazy("None: for all."),
    )
    competences = LabelField(label=gettext_lazy("Competences"), queryset=Competence.objects.all())

    class Meta:
        model = Presentation
        fields = [*ABOUT, "notes_are_shown"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = self.instance
        if row.pk:
            self.offer(offer_for(row))
        elif row.session:
            self.offer(offer_for_session(row.session))

    def offer(self, offered: Offered) -> None:
        """Suggestions from the session and from the text; nothing of them is chosen by itself but in a new row."""
        for name in ("topics", "competences"):
            keys = getattr(offered, name)
            if keys:
                self.fields[name].suggest(keys)  # type: ignore[attr-defined]
            if not self.instance.pk:
                self.initial[name] = list(keys)
        for name, words in offered.hints().items():
            self.fields[name].help_text = words

    def main_fields(self) -> list[forms.BoundField]:
        """What everybody fills in."""
        return [field for field in self.visible_fields() if field.name not in self.Meta.about]  # type: ignore[attr-defined]

    def about_fields(self) -> list[forms.BoundField]:
        """What is folded together under one heading; a list without rows is left out."""
        rows = [self[name] for name in [*ABOUT, "notes_are_shown"] if name in self.fields]
        return [row for row in rows if not isinstance(row.field, LabelField) or row.field.queryset.exists()]

    def is_about_filled(self) -> bool:
        """Something is chosen or wrong there, so the heading is unfolded."""
        return any(row.errors or row.value() for row in self.about_fields())
