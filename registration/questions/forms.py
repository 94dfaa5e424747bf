"""What a form needs to ask the organisers' questions: which of them, and only if they apply."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _

from conference.dates import date_format
from registration.exceptions import OptionFull, Refusal
from registration.models import Answer, Question, Registration, RegistrationType
from registration.questions.asking import (
    NOTHING,
    YES,
    Given,
    Kind,
    condition_of,
    for_type,
    is_for,
    opening_options,
    opens,
)
from registration.questions.fields import PREFIX, field_for, given_of, initial_of, name_of


@dataclass(frozen=True)
class Row:
    """One question as the page draws it, with what a script needs to fold it away."""

    question: Question
    field: forms.BoundField
    only_for: str = ""
    only_if: str = ""
    types: str = ""
    after: str = ""
    after_values: str = ""

    @property
    def is_consent(self) -> bool:
        return self.question.kind == Kind.CONSENT


class QuestionsMixin(forms.Form):
    """`ask` adds the fields; `given_answers` are what `save_answers` keeps, empty where something does not apply."""

    questions: list[Question] = []
    kinds: Sequence[RegistrationType] = ()

    def ask(
        self,
        questions: Iterable[Question],
        *,
        kinds: Sequence[RegistrationType],
        answers: Mapping[int, Answer] | None = None,
        is_change: bool = False,
    ) -> None:
        """Those that are for one of these types. Who changes their answers may withdraw also what is required."""
        self.kinds, self.former = kinds, answers or {}
        self.questions = asked_of(questions, kinds)
        self.needed: set[Question] = set()
        for question in self.questions:
            if question.is_required and not (is_change and question.kind == Kind.CONSENT):
                self.needed.add(question)
            self._add(question)

    def _add(self, question: Question) -> None:
        former = self.former.get(question.pk)
        mine = frozenset(option.pk for option in former.options.all()) if former else frozenset()
        is_needed = question in self.needed
        field = field_for(question, is_required=is_needed and not self.is_conditional(question), mine=mine)
        field.is_needed = is_needed  # type: ignore[attr-defined]  # if it is asked at all
        if former:
            field.initial = initial_of(question, former)
            field.help_text = with_former_consent(field.help_text, question, former)
        self.fields[name_of(question)] = field

    def is_conditional(self, question: Question) -> bool:
        """Whether it depends on something else in the same form."""
        return bool(question.after_id) or not all(is_for(question, kind) for kind in self.kinds)

    # --- What was filled in ---------------------------------------------------------------------
    def kind_asked(self) -> RegistrationType | None:
        """The type that was chosen in this form; the only one there is, unless the form asks for it."""
        return self.kinds[0] if self.kinds else None

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self.given_answers: dict[Question, Given] = {}
        kind = self.kind_asked()
        for question in self.questions:  # what follows something comes after it
            self.given_answers[question] = self._given(question, kind)
        return cleaned

    def _given(self, question: Question, kind: RegistrationType | None) -> Given:
        name = name_of(question)
        if not self._applies(question, kind):
            self.errors.pop(name, None)  # nobody has to correct what is not asked
            return NOTHING
        if name in self.errors:
            return NOTHING
        given = given_of(question, self.cleaned_data.get(name))
        if question in self.needed and (
            given.is_empty or (question.kind == Kind.CONSENT and given.text != YES)
        ):
            self.add_error(name, self.fields[name].error_messages["required"])
        return self._or_former_consent(question, given)

    def _applies(self, question: Question, kind: RegistrationType | None) -> bool:
        if not is_for(question, kind):
            return False
        if question.after_id is None:
            return True
        former = next((one for one in self.questions if one.pk == question.after_id), None)
        return former is not None and opens(question, former, self.given_answers[former])

    def _or_former_consent(self, question: Question, given: Given) -> Given:
        """A box beside new words that is left empty takes nothing back of what was said to the former ones."""
        former = self.former.get(question.pk)
        if given.text == YES or former is None or not is_outdated(question, former):
            return given
        return Given(YES, version=former.version)

    def tell(self, refusal: Refusal) -> None:
        """An answer that was refused under the lock is marked where it was given."""
        if not isinstance(refusal, OptionFull):
            return
        for question in self.questions:
            if question.pk == refusal.option.question_id:
                self.add_error(name_of(question), str(refusal))

    # --- What the page draws --------------------------------------------------------------------
    @property
    def question_rows(self) -> list[Row]:
        """All but consents, which stand together at the end."""
        return [row for row in self._rows() if not row.is_consent]

    @property
    def consent_rows(self) -> list[Row]:
        return [row for row in self._rows() if row.is_consent]

    @property
    def own_fields(self) -> list[forms.BoundField]:
        """Those of the form itself, without the questions."""
        return [field for field in self if not field.name.startswith(PREFIX)]

    @property
    def needed_fields(self) -> list[forms.BoundField]:
        """What is required, but for the consent, which comes last."""
        return [field for field in self.own_fields if field.field.required and field.name != "consent"]

    @property
    def welcome_fields(self) -> list[forms.BoundField]:
        return [field for field in self.own_fields if not field.field.required]

    def _rows(self) -> list[Row]:
        asked = {question.pk: question for question in self.questions}
        return [self._row(question, asked) for question in self.questions]

    def _row(self, question: Question, asked: Mapping[int, Question]) -> Row:
        former = asked.get(question.after_id or 0)
        types = [kind for kind in self.kinds if is_for(question, kind)]
        is_for_all = len(types) == len(self.kinds)
        return Row(
            question=question,
            field=self[name_of(question)],
            only_for="" if is_for_all else ", ".join(kind.name for kind in types),
            only_if=condition_of(question, former) if former else "",
            types="" if is_for_all else " ".join(str(kind.pk) for kind in types),
            after=name_of(former) if former else "",
            after_values=opening_values(question, former) if former else "",
        )


def asked_of(questions: Iterable[Question], kinds: Sequence[RegistrationType]) -> list[Question]:
    """Those for one of the types at least."""
    wanted = list(questions)
    if len(kinds) == 1:
        return for_type(wanted, kinds[0])
    return [question for question in wanted if any(is_for(question, kind) for kind in kinds)]


def opening_values(question: Question, former: Question) -> str:
    """What the former field has to hold, as a browser sends it."""
    if former.kind in Question.WITH_OPTIONS:
        return " ".join(str(pk) for pk in sorted(opening_options(question, former)))
    answer = question.after_answer.strip()
    return answer.upper() if former.kind == Kind.COUNTRY else answer.lower()


def is_outdated(question: Question, former: Answer) -> bool:
    is_given = question.kind == Kind.CONSENT and former.text == YES and not former.deleted_at
    return is_given and former.version != question.version


def with_former_consent(help_text: Any, question: Question, former: Answer) -> Any:
    if not is_outdated(question, former):
        return help_text
    note = _(
        "You agreed to former words on %(day)s, and that stands until you withdraw it. Tick this to agree to these."
    )
    return format_html("{} {}", help_text, note % {"day": date_format(former.answered_at, "DATE_FORMAT")})


def answers_so_far(registration: Registration, questions: Iterable[Question]) -> dict[int, Answer]:
    """By question; one query for the answers and one for their options."""
    answers = Answer.objects.filter(registration=registration, question__in=list(questions))
    return {answer.question_id: answer for answer in answers.prefetch_related("options")}
