"""What people answered, in words: for themselves, for organisers' lists, and for exports."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django_countries import countries

from conference.dates import date_format
from conference.models import Edition
from registration.models import Answer, Question, Registration
from registration.questions.asking import NO, YES, Kind, in_order, plain, with_options

Words = dict[int, dict[int, str]]


def questions_seen_by(user: Any, edition: Edition) -> list[Question]:
    """The edition's questions whose answers this person may read; also those that are no longer asked."""
    if not user.has_perm("registration.view_answer"):
        return []
    questions = Question.objects.filter(edition=edition)
    if not user.has_perm("registration.view_needs"):
        questions = questions.filter(is_sensitive=False)
    return with_options(questions)


def answers_of(registrations: Iterable[Registration | int], questions: Iterable[Question]) -> Words:
    """Registration → question → its answer in words, in one query; who gave none stands in neither.

    The questions come from `questions_seen_by` or `with_options`, which bring their options along. Whoever asks
    for a question may see its answers: nothing is left out here.
    """
    asked = {question.pk: question for question in questions}
    found: dict[tuple[int, int], tuple[str, set[int]]] = {}
    rows = Answer.objects.filter(registration__in=registrations, question__in=asked, deleted_at=None)
    columns = rows.order_by().values_list("registration_id", "question_id", "text", "options")
    for registration, question, text, option in columns:
        found.setdefault((registration, question), (text, set()))[1].add(option)
    words: Words = {}
    for (registration, question), (text, options) in found.items():
        words.setdefault(registration, {})[question] = words_of(asked[question], text, options)
    return words


def words_of(question: Question, text: str, options: set[int]) -> str:
    """An answer as people read it, in the language that is active."""
    if question.kind in Question.WITH_OPTIONS:
        return "; ".join(plain(option, "label") for option in question.options.all() if option.pk in options)
    if question.kind == Kind.DATE and text:
        return date_format(date.fromisoformat(text), "DATE_FORMAT")
    if question.kind == Kind.COUNTRY:
        return countries.name(text) or text
    return _in_words(question.kind).get(text, text)


def _in_words(kind: str) -> dict[str, str]:
    if kind == Kind.CONSENT:
        return {YES: _("given"), NO: _("withdrawn")}
    return {YES: _("yes"), NO: _("no")} if kind == Kind.YES_NO else {}


@dataclass(frozen=True)
class Line:
    """A question with one person's answer to it; deleted ones say when."""

    question: Question
    words: str
    answer: Answer

    @property
    def is_consent(self) -> bool:
        return self.question.kind == Kind.CONSENT

    @property
    def can_be_withdrawn(self) -> bool:
        return self.is_consent and self.answer.text == YES


def lines_of(registration: Registration, questions: Iterable[Question] | None = None) -> list[Line]:
    """One person's answers in the order of the form: all for themselves, else those to the questions given."""
    if questions is None:
        questions = with_options(Question.objects.filter(answers__registration=registration))
    asked = list(questions)
    given = {
        answer.question_id: answer
        for answer in Answer.objects.filter(registration=registration, question__in=asked)
    }
    if not given:
        return []
    words = answers_of([registration.pk], asked).get(registration.pk, {})
    ordered = in_order(asked)
    ordered += [question for question in asked if question not in ordered]  # after one that is not seen here
    return [
        Line(question, words.get(question.pk, ""), given[question.pk])
        for question in ordered
        if question.pk in given
    ]
