"""What the second conference asks besides name and role: one question of most kinds, and what people answered."""

from datetime import timedelta
from itertools import cycle
from typing import Any

from django.utils import timezone

from conference import clock
from conference.management.demo.base import Pair, both
from conference.models import Edition
from registration.models import (
    Answer,
    ConsentChange,
    Question,
    QuestionOption,
    Registration,
    RegistrationType,
)
from registration.questions.asking import YES

Kind = Question.Kind
Options = list[tuple[Pair, int | None]]
LUNCH: Options = [
    (("Vegetarian", "Vegetarisch"), None),
    (("Fish", "Vis"), 30),
    (("I bring my own", "Ik breng zelf iets mee"), None),
]
LANGUAGES: Options = [
    (("English", "Engels"), None),
    (("Dutch", "Nederlands"), None),
    (("French", "Frans"), None),
]


def load(edition: Edition) -> None:
    lunch = ask(edition, 1, Kind.CHOICE, ("Lunch on both days", "Lunch op beide dagen"), options=LUNCH)
    languages = ask(
        edition, 2, Kind.CHOICES, ("In which languages can you work?", "In welke talen kunt u werken?"),
        options=LANGUAGES, concerns_room=True,
    )  # fmt: skip
    hotel = ask(edition, 3, Kind.YES_NO, ("Do you need a hotel room?", "Hebt u een hotelkamer nodig?"))
    nights = ask(
        edition,
        4,
        Kind.NUMBER,
        ("For how many nights?", "Voor hoeveel nachten?"),
        after=hotel,
        after_answer=YES,
    )
    school = ask(edition, 5, Kind.SHORT, ("Which teacher comes with you?", "Welke leraar komt met u mee?"))
    school.types.set(RegistrationType.objects.filter(edition=edition, position=2))
    ask_in_confidence(edition)
    photos = ask(
        edition, 7, Kind.CONSENT, ("Photos in which I can be seen may stand on this site.", "Foto’s waarop ik te zien ben mogen op deze site staan."),
        **both(purpose=("For the archive of the conference.", "Voor het archief van de conferentie.")),
    )  # fmt: skip
    answer(edition, lunch, languages, hotel, nights, photos)


def ask(
    edition: Edition, position: int, kind: str, label: Pair, options: Options | None = None, **fields: Any
) -> Question:
    question = Question.objects.create(
        edition=edition, position=position, kind=kind, **both(label=label), **fields
    )
    QuestionOption.objects.bulk_create(
        QuestionOption(question=question, capacity=capacity, position=number, **both(label=name))
        for number, (name, capacity) in enumerate(options or [])
    )
    return question


def ask_in_confidence(edition: Edition) -> Question:
    last = edition.last_day or timezone.localdate()
    return ask(
        edition, 6, Kind.SHORT, ("Whom may we call in an emergency?", "Wie mogen we bellen in nood?"),
        is_sensitive=True, delete_on=last + timedelta(days=14),
        **both(purpose=("Only for the first aiders.", "Alleen voor de eerstehulpverleners.")),
    )  # fmt: skip


def answer(
    edition: Edition,
    lunch: Question,
    languages: Question,
    hotel: Question,
    nights: Question,
    photos: Question,
) -> None:
    """Everyone who has a place said something; every third needs a room, every other may be seen."""
    now = clock.now()
    people = list(edition.registrations.confirmed().order_by("pk"))  # type: ignore[attr-defined]
    given: list[Answer] = []

    def say(person: Registration, question: Question, text: str = "") -> None:
        given.append(Answer(registration=person, question=question, text=text, answered_at=now))

    for number, person in enumerate(people):
        say(person, lunch)
        say(person, languages)
        say(person, hotel, "no" if number % 3 else YES)
        if number % 3 == 0:
            say(person, nights, str(1 + number % 2))
        if number % 2:
            say(person, photos, YES)
    Answer.objects.bulk_create(given)
    choose(given, lunch, [0, 1, 0, 2])
    choose(given, languages, [0, 1, 0, 2])
    ConsentChange.objects.bulk_create(
        ConsentChange(
            registration=one.registration,
            question=photos,
            is_given=True,
            version=1,
            words=photos.label,
            at=now,
        )
        for one in given
        if one.question == photos
    )


def choose(given: list[Answer], question: Question, order: list[int]) -> None:
    options = list(question.options.all())
    through = Answer.options.through
    rows = zip((one for one in given if one.question == question), cycle(order), strict=False)
    through.objects.bulk_create(  # type: ignore[attr-defined]
        through(answer=one, questionoption=options[number]) for one, number in rows
    )
