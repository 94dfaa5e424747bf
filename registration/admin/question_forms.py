"""The form of a question and of its options: what stands in it has to make sense together."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django_countries import countries

from conference.admin.base import WholeForm
from conference.models import Edition
from registration.models import Question, RegistrationType
from registration.questions.asking import NO, OPENERS, YES, Kind, plain, same, words_in

MANY = 12  # answers named in a message; more are not


class QuestionForm(WholeForm):
    """Knows the edition, so that only its own types and questions are offered."""

    edition_shown: Edition | None = None  # set by the admin for a new question

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        edition = self.instance.edition_id or (self.edition_shown and self.edition_shown.pk)
        types: Any = self.fields.get("types")
        after: Any = self.fields.get("after")
        if types:
            types.queryset = RegistrationType.objects.filter(edition=edition)
        if after:
            former = Question.objects.filter(edition=edition, kind__in=OPENERS)
            after.queryset = former.exclude(pk=self.instance.pk)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        former, answer = self.cleaned_data.get("after"), self.cleaned_data.get("after_answer", "")
        if former is None:
            self.cleaned_data["after_answer"] = ""
            return cleaned
        if leads_back(former, self.instance):
            self.add_error("after", _("That question is itself asked only after this one."))
        elif not (found := known_answer(former, answer)):
            self.add_error(
                "after_answer", _("Choose one of its answers: %(answers)s.") % {"answers": named(former)}
            )
        else:
            self.cleaned_data["after_answer"] = found
        return cleaned


def leads_back(former: Question | None, question: Question) -> bool:
    """Whether the chain of conditions comes back to the question."""
    seen: set[int] = set()
    while former and former.pk not in seen:
        if former.pk == question.pk:
            return True
        seen.add(former.pk)
        former = former.after
    return False


def known_answer(former: Question, answer: str) -> str:
    """The answer as it is kept, if the former question has it."""
    if former.kind in Question.WITH_OPTIONS:
        words = (word for option in former.options.all() for word in words_in(option))
        return next((word for word in words if same(word, answer)), "")
    if former.kind == Kind.COUNTRY:
        code = answer.strip().upper()
        return code if code in dict(countries) else ""
    return next((word for word in (YES, NO) if same(word, answer)), "")


def named(former: Question) -> str:
    if former.kind in Question.WITH_OPTIONS:
        return get_text_list([plain(option, "label") for option in former.options.all()[:MANY]], _("or"))
    if former.kind == Kind.COUNTRY:
        return _("the code of a country, such as BE")
    return get_text_list([YES, NO], _("or"))


class OptionFormSet(BaseInlineFormSet):
    """Options exist where one chooses among them, and what people chose stays."""

    def clean(self) -> None:
        super().clean()
        kept = [form for form in self.forms if form not in self.deleted_forms and form.has_changed()]
        kept += [form for form in self.initial_forms if form not in self.deleted_forms and form not in kept]
        if self.instance.kind in Question.WITH_OPTIONS and not kept:
            raise ValidationError(_("Add at least one option to choose."))
        if self.instance.kind not in Question.WITH_OPTIONS and kept:
            raise ValidationError(_("Only questions that are answered by choosing have options."))
        for form in self.deleted_forms:
            if form.instance.pk and form.instance.answers.exists():
                raise ValidationError(
                    _(
                        "“%(option)s” was chosen by somebody, so it stays. Put its number of people to 0 instead."
                    )
                    % {"option": form.instance}
                )
