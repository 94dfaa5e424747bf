"""What organisers ask whoever registers: of whom, in which order, and after which answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Prefetch, Q, prefetch_related_objects
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_countries import countries

from conference.models import Edition
from registration.models import Question, QuestionOption, RegistrationType

Kind = Question.Kind
YES, NO = "yes", "no"
# Kinds whose answers are few enough that something can be asked after one of them.
OPENERS = (Kind.CHOICE, Kind.CHOICES, Kind.COUNTRY, Kind.YES_NO, Kind.CONSENT)


@dataclass(frozen=True)
class Given:
    """One answer as it is kept: a text in one form per kind, or options by their keys; a consent to one wording."""

    text: str = ""
    options: tuple[int, ...] = ()
    version: int = 0

    @property
    def is_empty(self) -> bool:
        return not self.text and not self.options


NOTHING = Given()
Answers = Mapping[Question, Given]


def with_options(questions: Iterable[Question]) -> list[Question]:
    """With their types and options, and how many hold each limited one: two more queries, if there are any."""
    found = list(questions)
    if found:
        prefetch_related_objects(found, "types", Prefetch("options", QuestionOption.objects.with_taken()))
    return found


def questions_of(edition: Edition, at: datetime | None = None) -> list[Question]:
    """What is asked now, each followed by what is asked after it; nothing whose answers would be deleted at once."""
    kept = Q(delete_on=None) | Q(delete_on__gt=edition.today(at))
    return in_order(with_options(Question.objects.in_use().filter(kept, edition=edition)))


def in_order(questions: Iterable[Question]) -> list[Question]:
    """The order of the organisers, but what follows an answer right after it; without what follows nothing here."""
    after: dict[int | None, list[Question]] = {}
    for question in questions:
        after.setdefault(question.after_id, []).append(question)
    ordered: list[Question] = []

    def take(key: int | None) -> None:
        for question in after.pop(key, []):
            ordered.append(question)
            take(question.pk)

    take(None)
    return ordered


def for_type(questions: Iterable[Question], kind: RegistrationType) -> list[Question]:
    """Of these, what is asked of people with this type of registration."""
    return in_order(question for question in questions if is_for(question, kind))


def is_for(question: Question, kind: RegistrationType | None) -> bool:
    types = {one.pk for one in question.types.all()}
    return not types or (kind is not None and kind.pk in types)


def opens(question: Question, former: Question, given: Given) -> bool:
    """Whether this answer to the former question means that the question is asked."""
    if former.kind in Question.WITH_OPTIONS:
        return not opening_options(question, former).isdisjoint(given.options)
    return bool(given.text) and same(given.text, question.after_answer)


def opening_options(question: Question, former: Question) -> set[int]:
    """Options of the former question that carry the words of the condition, in any language of the site."""
    wanted = question.after_answer
    return {
        option.pk for option in former.options.all() if any(same(word, wanted) for word in words_in(option))
    }


def words_in(option: QuestionOption) -> set[str]:
    names = [f"label_{code}" for code, _name in settings.LANGUAGES]
    return {word for name in ["label", *names] if (word := getattr(option, name))}


def same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()


def condition_of(question: Question, former: Question) -> str:
    """When a question is asked, as a sentence that stands above it."""
    return _("Only if you answer “%(answer)s” to “%(question)s”.") % {
        "answer": opener_words(question, former),
        "question": plain(former, "label"),
    }


def opener_words(question: Question, former: Question) -> str:
    if former.kind in Question.WITH_OPTIONS:
        opening = opening_options(question, former)
        options = [plain(option, "label") for option in former.options.all() if option.pk in opening]
        return options[0] if options else question.after_answer
    if former.kind == Kind.COUNTRY:
        return countries.name(question.after_answer.upper()) or question.after_answer
    return capfirst(_("yes") if same(question.after_answer, YES) else _("no"))


def shown(row: Question | QuestionOption, field: str) -> tuple[str, str]:
    """A text of the organisers, and its language if it is not the visitor's: the one asked for, else the original."""
    asked = (get_language() or "en").split("-")[0]
    for code in (asked, *(code for code, _name in settings.LANGUAGES)):
        if value := getattr(row, f"{field}_{code}", None):
            return value, "" if code == asked else code
    return getattr(row, field) or "", ""


def plain(row: Question | QuestionOption, field: str) -> str:
    return shown(row, field)[0]


def marked(row: Question | QuestionOption, field: str) -> str | SafeString:
    """The text for a page, marked with its language if that is not the visitor's."""
    value, language = shown(row, field)
    return format_html('<span lang="{}">{}</span>', language, value) if language else value
