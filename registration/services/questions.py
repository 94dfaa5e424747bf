"""What organisers do with their questions: move them, stop asking, and change words that people agreed to."""

from collections.abc import Collection
from itertools import pairwise

from django.db import transaction
from django.db.models import F

from conference.trail.records import note
from registration.models import Question, QuestionOption
from registration.questions.asking import Kind, same, words_in

WORDS = ("label", "help_text", "purpose")


@transaction.atomic
def move_question(*, question: Question, up: bool) -> bool:
    """Past its neighbour among those asked after the same question; False at the end of the row."""
    rows = Question.objects.select_for_update(no_key=True).filter(edition=question.edition_id)
    siblings = [one for one in rows.order_by("position", "pk") if one.after_id == question.after_id]
    pairs = list(pairwise(siblings))
    found = next((pair for pair in pairs if pair[1 if up else 0].pk == question.pk), None)
    if found is None:
        return False
    place = siblings.index(found[0])
    siblings[place : place + 2] = [found[1], found[0]]
    for position, one in enumerate(siblings, start=1):
        one.position = position
    Question.objects.bulk_update(siblings, ["position"])
    note(found)
    return True


def retire_question(*, question: Question, is_retired: bool) -> None:
    """Stop asking, or ask again; answers given so far are kept."""
    Question.objects.filter(pk=question.pk).update(is_retired=is_retired)
    question.is_retired = is_retired
    note([question])


def note_new_words(*, question: Question, fields: Collection[str]) -> bool:
    """After a change of these fields: other words of a consent are a new version, in whichever language."""
    is_new = question.kind == Kind.CONSENT and any(is_words(name) for name in fields)
    if is_new:
        Question.objects.filter(pk=question.pk).update(version=F("version") + 1)
        question.refresh_from_db(fields=["version"])
    return is_new


def is_words(field: str) -> bool:
    """Whether the field is one of the texts, or one in some language."""
    return field in WORDS or field.rpartition("_")[0] in WORDS


@transaction.atomic
def carry_conditions(*, option: QuestionOption, former: Collection[str]) -> int:
    """After a change of an option's words: what is asked after it still is. How many questions that concerned."""
    following = Question.objects.select_for_update(no_key=True).filter(after=option.question_id)
    lost = [one for one in following.order_by("pk") if any(same(one.after_answer, word) for word in former)]
    lost = [one for one in lost if not any(same(one.after_answer, word) for word in words_in(option))]
    for one in lost:
        one.after_answer = option.label
    Question.objects.bulk_update(lost, ["after_answer"])
    note(lost)
    return len(lost)
