"""Keep answers: limited options under their locks, consents with version and time, deleted when their day has come."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Count

from conference import clock
from registration.exceptions import OptionFull, OptionGone, RegistrationGone
from registration.models import Answer, ConsentChange, Place, Question, QuestionOption, Registration
from registration.questions.asking import NO, NOTHING, YES, Answers, Given, Kind, plain

Through = Answer.options.through


def lock_limits(cleaned: Answers) -> list[QuestionOption]:
    """Lock the options among these answers, and return the limited ones: after registration types, before all else.

    Raises OptionGone when an organiser deleted one since the form was shown.
    """
    chosen = {pk for given in cleaned.values() for pk in given.options}
    if not chosen:
        return []
    locked = QuestionOption.objects.select_for_update(no_key=True).filter(pk__in=chosen)
    options = list(locked.order_by("pk"))
    if len(options) < len(chosen):
        raise OptionGone
    return [option for option in options if option.capacity is not None]


@transaction.atomic
def save_answers(
    *, registration: Registration, cleaned: Answers, at: datetime | None = None, is_new: bool = False
) -> None:
    """Keep what was answered to these questions; an empty answer takes the former one away, and frees its options.

    Raises OptionFull, with nothing changed, when a limited option has no place left. A registration that was
    made in this transaction has no answers yet.
    """
    at = at or clock.now()
    limited = lock_limits(cleaned)
    former = {} if is_new else _former(registration, cleaned)
    _check_places(limited, registration, former)
    settled = {question: _settled(question, given, former) for question, given in cleaned.items()}
    changed = {q: given for q, given in settled.items() if _kept(q, former.get(q.pk)) != given}
    _note_consents(registration, changed, former, at)
    gone = [question for question, given in changed.items() if given.is_empty]
    Answer.objects.filter(registration=registration, question__in=gone).delete()
    _write(registration, changed, former, at)


def _former(registration: Registration, cleaned: Answers) -> dict[int, Answer]:
    """The answers so far, under the lock of their registration."""
    locked = Registration.objects.active().select_for_update(no_key=True).filter(pk=registration.pk)
    if locked.first() is None:
        raise RegistrationGone
    answers = Answer.objects.filter(registration=registration, question__in=list(cleaned))
    return {answer.question_id: answer for answer in answers.prefetch_related("options")}


def _kept(question: Question, answer: Answer | None) -> Given:
    if answer is None or answer.deleted_at:
        return NOTHING
    version = answer.version if question.kind == Kind.CONSENT else 0
    return Given(answer.text, _options(answer), version)


def _options(answer: Answer) -> tuple[int, ...]:
    return tuple(sorted(option.pk for option in answer.options.all()))


def _settled(question: Question, given: Given, former: dict[int, Answer]) -> Given:
    """A consent that was given once and is not given now is withdrawn; one that never was leaves nothing."""
    if question.kind != Kind.CONSENT or given.text == YES:
        return given
    before = _kept(question, former.get(question.pk))
    return NOTHING if before.is_empty else Given(NO, version=before.version)


def _check_places(
    limited: list[QuestionOption], registration: Registration, former: dict[int, Answer]
) -> None:
    """Counted under the locks; who holds an option already keeps it, also when there are fewer places now."""
    held = {pk for answer in former.values() for pk in _options(answer)}
    wanted = [option for option in limited if option.pk not in held]
    if not wanted:
        return
    rows = Through.objects.filter(questionoption__in=wanted).exclude(  # type: ignore[attr-defined]
        answer__registration__status=Place.Status.CANCELLED
    )
    counted = rows.exclude(answer__registration=registration).values("questionoption")
    taken = {row["questionoption"]: row["number"] for row in counted.annotate(number=Count("pk"))}
    for option in wanted:
        if taken.get(option.pk, 0) >= (option.capacity or 0):
            raise OptionFull(option)


def _write(registration: Registration, changed: Answers, former: dict[int, Answer], at: datetime) -> None:
    """In four queries however many answers there are."""
    kept = {question: given for question, given in changed.items() if not given.is_empty}
    rows = [
        Answer(
            registration=registration,
            question=question,
            text=given.text,
            version=given.version or question.version,
            answered_at=at,
        )
        for question, given in kept.items()
    ]
    again = [row for row in rows if row.question_id in former]
    for row in again:
        row.pk = former[row.question_id].pk
    Answer.objects.bulk_create([row for row in rows if row.pk is None])
    if again:
        Answer.objects.bulk_update(again, ["text", "version", "answered_at", "deleted_at"])
        Through.objects.filter(answer__in=again).delete()  # type: ignore[attr-defined]
    chosen = [(row.pk, option) for row in rows for option in kept[row.question].options]
    if chosen:
        Through.objects.bulk_create(  # type: ignore[attr-defined]
            Through(answer_id=answer, questionoption_id=option) for answer, option in chosen
        )


def _note_consents(
    registration: Registration, changed: Answers, former: dict[int, Answer], at: datetime
) -> None:
    """Only what changed for the person; a consent to a new wording is given anew."""
    consents = {question: given for question, given in changed.items() if question.kind == Kind.CONSENT}
    changes = [
        _consent_change(registration, question, given, at)
        for question, given in consents.items()
        if given != _kept(question, former.get(question.pk))
    ]
    ConsentChange.objects.bulk_create(changes)


def _consent_change(
    registration: Registration, question: Question, given: Given, at: datetime
) -> ConsentChange:
    words = "\n".join(text for name in ("label", "help_text", "purpose") if (text := plain(question, name)))
    return ConsentChange(
        registration=registration,
        question=question,
        is_given=given.text == YES,
        version=given.version,
        words=words,
        at=at,
    )


@transaction.atomic
def withdraw_consent(*, registration: Registration, question: Question, at: datetime | None = None) -> bool:
    """At any time, also when nothing else can be changed any more; False when there was nothing to withdraw."""
    at = at or clock.now()
    if question.kind != Kind.CONSENT:
        return False
    answers = Answer.objects.select_for_update(no_key=True).filter(registration=registration, text=YES)
    answer = answers.filter(question=question).order_by("pk").first()
    if answer is None:
        return False
    Answer.objects.filter(pk=answer.pk).update(text=NO, answered_at=at)
    _consent_change(registration, question, Given(NO, version=answer.version), at).save()
    return True


def delete_due_answers(at: datetime | None = None) -> int:
    """Empty the answers to every question whose day has come, and say how many people's answers that were."""
    at = at or clock.now()
    waiting = Question.objects.filter(
        delete_on__isnull=False, answers__deleted_at=None, answers__isnull=False
    )
    questions = waiting.distinct().select_related("edition")
    due = [one.pk for one in questions if one.delete_on and one.edition.today(at) >= one.delete_on]
    return _delete_answers(due, at)


@transaction.atomic
def _delete_answers(questions: Iterable[int], at: datetime) -> int:
    due = Answer.objects.filter(question__in=questions, deleted_at=None)
    Through.objects.filter(answer__in=due).delete()  # type: ignore[attr-defined]
    return due.update(text="", deleted_at=at)
