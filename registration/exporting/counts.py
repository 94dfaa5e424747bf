"""Lists that count instead of naming: needs and choices, presence per session and hour."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.models import Edition, User
from registration.exporting.columns import Column
from registration.exporting.wishes import Wish
from registration.models import Answer, CheckIn, Question
from registration.presence.counting import hours_touched, times_of
from registration.questions.answers import questions_seen_by
from registration.questions.asking import NO, YES, Kind, plain
from sessions.models import Session


class Count(NamedTuple):
    subject: str
    words: str
    number: int


COUNTED_NEEDS = [
    Column("subject", gettext_lazy("question"), lambda row: row.subject),
    Column("words", gettext_lazy("answer"), lambda row: row.words),
    Column("number", gettext_lazy("people"), lambda row: row.number),
]
COUNTED_PRESENCE = [
    Column("subject", gettext_lazy("session or hour"), lambda row: row.subject),
    Column("words", gettext_lazy("starts"), lambda row: row.words),
    Column("number", gettext_lazy("people"), lambda row: row.number),
]


# --- Needs ------------------------------------------------------------------------------------------------------


def counted_needs(edition: Edition, wish: Wish, by: User) -> list[Count]:
    """What people wrote, alike but for capitals and dots taken together; then each choice they had."""
    written = wish.chosen(edition).exclude(dietary_needs="").values_list("dietary_needs", flat=True)
    return [*alike(_("Dietary needs"), written.order_by("pk")), *choices(edition, wish, by)]


def alike(subject: str, texts: Iterable[str]) -> list[Count]:
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        words = " ".join(text.split()).rstrip(" .!;,")
        if words:
            spellings[words.casefold()][words] += 1
    counts = [(sum(found.values()), found.most_common(1)[0][0]) for found in spellings.values()]
    ordered = sorted(counts, key=lambda pair: (-pair[0], pair[1].casefold()))
    return [Count(subject, words, number) for number, words in ordered]


def choices(edition: Edition, wish: Wish, by: User) -> Iterator[Count]:
    """Every option and every yes or no, also those nobody chose; two queries however many there are."""
    given = Answer.objects.filter(registration__in=wish.chosen(edition).values("pk"), deleted_at=None)
    chosen = Counter(given.order_by().values_list("question", "options"))
    said = Counter(given.filter(question__kind=Kind.YES_NO).order_by().values_list("question", "text"))
    for question in questions_seen_by(by, edition):
        label = plain(question, "label")
        if question.kind in Question.WITH_OPTIONS:
            for option in question.options.all():
                yield Count(label, plain(option, "label"), chosen[question.pk, option.pk])
        elif question.kind == Kind.YES_NO:
            yield Count(label, _("yes"), said[question.pk, YES])
            yield Count(label, _("no"), said[question.pk, NO])


# --- Presence ---------------------------------------------------------------------------------------------------


def counted_presence(edition: Edition, wish: Wish, by: User) -> list[Count]:
    """Everybody once in a session, and once in an hour of the clock."""
    rows = CheckIn.objects.standing().in_sessions().filter(registration__in=wish.chosen(edition))
    pairs = list(rows.order_by().values_list("session", "registration"))
    people: dict[int, set[int]] = defaultdict(set)
    for session, person in pairs:
        people[session].add(person)
    return [*per_session(edition, people), *per_hour(edition, people)]


def per_session(edition: Edition, people: dict[int, set[int]]) -> Iterator[Count]:
    times = times_of(people)
    for session in Session.objects.filter(pk__in=people).in_order():
        begin = times[session.pk][0][0].astimezone(edition.zone).isoformat() if session.pk in times else ""
        yield Count(session.title, begin, len(people[session.pk]))


def per_hour(edition: Edition, people: dict[int, set[int]]) -> Iterator[Count]:
    hours: dict[datetime, set[int]] = defaultdict(set)
    for session, intervals in times_of(people).items():
        for hour in hours_touched(intervals, edition.zone):
            hours[hour] |= people[session]
    for hour in sorted(hours):
        yield Count(_("Hour"), hour.isoformat(), len(hours[hour]))
