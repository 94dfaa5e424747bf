"""Feedback on the first conference, invented: asked about its workshops and the whole, and asked of the second later."""

import random
from datetime import datetime, timedelta

from django.utils import timezone

from conference import clock
from conference.management.demo.base import Pair, both
from conference.models import Edition
from registration.models import FeedbackPlan, FeedbackQuestion, FeedbackSheet
from sessions.models import Session

About, Kind = FeedbackQuestion.About, FeedbackQuestion.Kind
QUESTIONS: list[tuple[str, str, Pair, Pair]] = [
    (About.SESSION, Kind.SCALE, ("How useful was it for your work?", "Hoe nuttig was het voor je werk?"), ("", "")),
    (About.SESSION, Kind.CHOICE, ("How long was it?", "Hoe lang duurde het?"),
     ("Too short\nJust right\nToo long", "Te kort\nPrecies goed\nTe lang")),
    (About.SESSION, Kind.TEXT, ("What will you try at home?", "Wat ga je thuis proberen?"), ("", "")),
    (About.EDITION, Kind.SCALE, ("How was the conference as a whole?", "Hoe was de conferentie als geheel?"), ("", "")),
    (About.EDITION, Kind.TEXT, ("What should we do differently?", "Wat moeten we anders doen?"), ("", "")),
]  # fmt: skip
TEXTS = {
    About.SESSION: [
        "Ask alumni to speak in my school.",
        "The file for the class council.",
        "More time for talk.",
    ],
    About.EDITION: ["Fewer talks, longer breaks.", "More about small schools.", "Do it again!"],
}


def load(first: Edition, second: Edition) -> None:
    """Questions for both; answers on the first, whose people may still add theirs."""
    chance = random.Random(2024)  # noqa: S311
    plan = ask(first, clock.now() + timedelta(days=30))
    closes = second.ends_on or timezone.localdate()
    ask(
        second,
        clock.now().replace(year=closes.year, month=closes.month, day=closes.day) + timedelta(days=14),
    )
    questions = list(plan.questions.all())  # type: ignore[attr-defined]
    workshops = Session.objects.filter(edition=first, kind="workshop", part_of=None)[:3]
    sheets = [(None, 23), *((one, 3 + 7 * number) for number, one in enumerate(workshops))]
    FeedbackSheet.objects.bulk_create(
        filled(plan, session, count, questions, chance) for session, count in sheets
    )


def ask(edition: Edition, closes_at: datetime) -> FeedbackPlan:
    plan = FeedbackPlan.objects.create(edition=edition, closes_at=closes_at)
    FeedbackQuestion.objects.bulk_create(
        FeedbackQuestion(
            plan=plan, about=about, kind=kind, position=position, **both(label=label, options=options)
        )
        for position, (about, kind, label, options) in enumerate(QUESTIONS)
    )
    return plan


def filled(
    plan: FeedbackPlan,
    session: Session | None,
    count: int,
    questions: list[FeedbackQuestion],
    chance: random.Random,
) -> FeedbackSheet:
    """So many invented answers; nobody in particular gave them."""
    sheet = FeedbackSheet(plan=plan, session=session, count=count)
    about = About.SESSION if session else About.EDITION
    for question in (one for one in questions if one.about == about):
        key = str(question.pk)
        if question.kind == Kind.TEXT:
            sheet.texts[key] = {f"demo-{number}": words for number, words in enumerate(TEXTS[about])}
            continue
        values, weights = (("12345", (1, 2, 5, 12, 9)), ("012", (2, 8, 3)))[question.kind == Kind.CHOICE]
        said = chance.choices(values, weights, k=count)
        sheet.tallies[key] = {value: said.count(value) for value in sorted(set(said))}
    return sheet
