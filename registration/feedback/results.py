"""What people answered: nothing of a sheet with fewer than five, nothing from which fewer than five could be told.

A question that fewer than five answered says nothing. Answers that fewer than five gave go together with others until
five people or more are in at least two of them (`registration.figures.hiding.merged`). Texts show from five answers on.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from conference.models import Edition
from conference.templatetags.texts import shown
from registration.feedback.asking import about_of
from registration.feedback.forms import choices_of
from registration.figures.counting import Bar
from registration.figures.hiding import LEAST, merged
from registration.models import FeedbackPlan, FeedbackQuestion, FeedbackSheet
from sessions.models import Session

Kind = FeedbackQuestion.Kind
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Text:
    key: str
    words: str
    is_hidden: bool


@dataclass(frozen=True)
class Result:
    """One question; `answers` is None where too few answered."""

    words: str
    kind: str
    answers: int | None = None
    mean: Decimal | None = None
    total: int = 0  # of a scale: all values together
    bars: list[Bar] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)


@dataclass(frozen=True)
class Results:
    """`count` is None where fewer than five answered, and 0 where nobody did."""

    count: int | None
    questions: list[Result] = field(default_factory=list)


def results_of(sheet: FeedbackSheet | None, questions: Iterable[FeedbackQuestion]) -> Results:
    """Pure: what may be shown of a sheet."""
    count = sheet.count if sheet else 0
    if sheet is None or count < LEAST:
        return Results(None if count else 0)
    return Results(count, [result_of(sheet, question) for question in questions])


def result_of(sheet: FeedbackSheet, question: FeedbackQuestion) -> Result:
    words, key = shown(question, "label")[0], str(question.pk)
    if question.kind == Kind.TEXT:
        rows = sheet.texts.get(key, {}).items()
        return Result(words, question.kind, texts=[Text(at, said, at in sheet.hidden) for at, said in rows])
    tally = sheet.tallies.get(key, {})
    answers = sum(tally.values())
    if answers < LEAST:
        return Result(words, question.kind)
    bars = bars_of(question, tally)
    if question.kind != Kind.SCALE:
        return Result(words, question.kind, answers, bars=bars)
    total = sum(int(value) * count for value, count in tally.items())
    return Result(words, question.kind, answers, mean_of(total, answers), total, bars)


def mean_of(total: int, answers: int) -> Decimal:
    """To a tenth, halves up."""
    return (Decimal(total) / answers).quantize(TENTH, ROUND_HALF_UP)


def bars_of(question: FeedbackQuestion, tally: dict[str, int]) -> list[Bar]:
    """In the order of the answers; what is too small to show together at the end."""
    rows, together = merged(tally)
    known = dict(rows)
    found = [(words, known[value]) for value, words in choices_of(question) if value in known]
    if together:
        found.append((_("all others together"), together))
    most = max((count for _words, count in found), default=0)
    return [Bar(words, count, most) for words, count in found]


# --- From what is stored ------------------------------------------------------------------------


@dataclass(frozen=True)
class SheetResults:
    session: Session | None
    results: Results


def of_one(plan: FeedbackPlan, session: Session | None) -> Results:
    """Two queries."""
    sheet = FeedbackSheet.objects.filter(plan=plan, session=session).first()
    return results_of(sheet, plan.questions.filter(about=about_of(session)))  # type: ignore[attr-defined]


def of_edition(edition: Edition) -> list[SheetResults]:
    """The edition as a whole, then every session that somebody answered about; three queries."""
    questions = list(FeedbackQuestion.objects.filter(plan__edition=edition))
    sheets = {one.session_id: one for one in FeedbackSheet.objects.filter(plan__edition=edition, count__gt=0)}
    sessions = list(Session.objects.filter(pk__in=[pk for pk in sheets if pk]).in_order())
    for one in sessions:
        one.edition = edition
    found: list[Session | None] = [*([None] if None in sheets else []), *sessions]
    return [
        SheetResults(
            one,
            results_of(sheets[one.pk if one else None], [q for q in questions if q.about == about_of(one)]),
        )
        for one in found
    ]
