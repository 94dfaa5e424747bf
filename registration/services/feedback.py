"""Take an answer and forget whose it was; hide a text; forget who answered once that is of no use."""

import secrets
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from conference import clock
from registration.feedback.asking import about_of, is_open, keys_of, was_there
from registration.feedback.exceptions import AnsweredAlready, FeedbackNotOpen, NotThere
from registration.models import FeedbackPlan, FeedbackQuestion, FeedbackSheet, Registration
from sessions.models import Session

Kind = FeedbackQuestion.Kind
LONGEST_TEXT = 1000
KEY_BYTES = 9


@transaction.atomic
def give_feedback(
    *,
    registration: Registration,
    plan: FeedbackPlan,
    session: Session | None,
    answers: Mapping[int, str],
    at: datetime | None = None,
) -> None:
    """Answers by the key of the question: 1 to 5, the place of an option from 0 on, or words; once for each person."""
    if not is_open(plan, session, at):
        raise FeedbackNotOpen
    if not was_there(registration, session):
        raise NotThere
    FeedbackSheet.objects.get_or_create(plan=plan, session=session)
    sheet = FeedbackSheet.objects.select_for_update().get(plan=plan, session=session)
    if keys_of(registration) & set(sheet.given):
        raise AnsweredAlready
    sheet.given = sorted([*sheet.given, registration.pk])
    sheet.count += 1
    for question in plan.questions.filter(about=about_of(session)):  # type: ignore[attr-defined]
        if said := answers.get(question.pk, "").strip():
            add(sheet, question, said)
    sheet.save()


def add(sheet: FeedbackSheet, question: FeedbackQuestion, said: str) -> None:
    key = str(question.pk)
    if question.kind == Kind.TEXT:
        texts = {**sheet.texts.get(key, {}), secrets.token_urlsafe(KEY_BYTES): said[:LONGEST_TEXT]}
        sheet.texts[key] = dict(sorted(texts.items()))
    else:
        tally = sheet.tallies.get(key, {})
        sheet.tallies[key] = dict(sorted({**tally, said: tally.get(said, 0) + 1}.items()))


@transaction.atomic
def hide_text(*, plan: FeedbackPlan, session: Session | None, key: str, is_hidden: bool = True) -> bool:
    """From everybody but organisers, who can show it again; whether there is such a text."""
    sheet = FeedbackSheet.objects.select_for_update().filter(plan=plan, session=session).first()
    if sheet is None or not any(key in texts for texts in sheet.texts.values()):
        return False
    sheet.hidden = sorted({*sheet.hidden, key} if is_hidden else {*sheet.hidden} - {key})
    sheet.save(update_fields=["hidden"])
    return True


def forget_who_answered(at: datetime | None = None) -> int:
    """Once nobody can answer any more, nobody needs to know who did; how many sheets were emptied of it."""
    over = FeedbackSheet.objects.filter(plan__closes_at__lte=at or clock.now()).exclude(given=[])
    return over.update(given=[])
