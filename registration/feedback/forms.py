"""The questions of one sheet as a form; nothing has to be answered, but something."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from conference.templatetags.texts import shown
from registration.models import FeedbackQuestion
from registration.models.feedback import lines_of
from registration.services.feedback import LONGEST_TEXT

Kind = FeedbackQuestion.Kind
SCALE = ("1", "2", "3", "4", "5")
PREFIX = "question_"


class FeedbackForm(forms.Form):
    def __init__(self, *args: Any, questions: list[FeedbackQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            self.fields[f"{PREFIX}{question.pk}"] = field_of(question)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(str(said).strip() for said in cleaned.values()):
            raise forms.ValidationError(_("Answer at least one question."))
        return cleaned

    @property
    def answers(self) -> dict[int, str]:
        return {
            question.pk: self.cleaned_data.get(f"{PREFIX}{question.pk}") or "" for question in self.questions
        }


def field_of(question: FeedbackQuestion) -> forms.Field:
    label = shown(question, "label")[0]
    if question.kind == Kind.TEXT:
        words = forms.Textarea(attrs={"rows": 3})
        text = _("Write no names: what you write is read by organisers and speakers.")
        return forms.CharField(
            label=label, required=False, max_length=LONGEST_TEXT, widget=words, help_text=text
        )
    is_scale = question.kind == Kind.SCALE
    return forms.ChoiceField(
        label=label, required=False, choices=choices_of(question),
        widget=forms.RadioSelect(attrs={"class": "scale"} if is_scale else {}),
        help_text=_("1 is the least, 5 the most.") if is_scale else "",
    )  # fmt: skip


def choices_of(question: FeedbackQuestion) -> list[tuple[str, str]]:
    """What is stored and what it says; an option is known by its place, in whatever language it is read."""
    if question.kind == Kind.SCALE:
        return [(value, value) for value in SCALE]
    options = lines_of(shown(question, "options")[0])
    return [(str(place), words) for place, words in enumerate(options)]
