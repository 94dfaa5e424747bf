"""Turns the organisers' questions into fields of a form, and what was filled in into answers."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from conference.countries import CountryChoice, CountrySelect
from conference.dates import date_format
from registration.models import Answer, Question, QuestionOption
from registration.places import Places
from registration.questions.asking import NO, NOTHING, YES, Given, Kind, marked

SHORT, LONG = 300, 3000  # letters
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
MANY_OPTIONS = 8  # more are shown as a list to choose from
PREFIX = "question_"


def name_of(question: Question) -> str:
    return f"{PREFIX}{question.pk}"


class LimitedMixin:
    """Options that are full are shown, and cannot be chosen."""

    full: frozenset[str] = frozenset()

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)  # type: ignore[misc]
        if str(value) in self.full:
            option["attrs"]["disabled"] = True
        return option


class LimitedRadio(LimitedMixin, forms.RadioSelect):
    pass


class LimitedSelect(LimitedMixin, forms.Select):
    pass


class LimitedBoxes(LimitedMixin, forms.CheckboxSelectMultiple):
    pass


class ConsentBox(forms.CheckboxInput):
    """Sends the version of the words that stood beside it, so that nobody agrees to others."""

    def format_value(self, value: Any) -> None:
        return None  # the version stands among the attributes

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.get(name, "")


class ConsentField(forms.Field):
    def __init__(self, *, version: int, **kwargs: Any) -> None:
        self.version = str(version)
        is_now = {"value": self.version}
        super().__init__(widget=ConsentBox(attrs=is_now, check_test=self.is_now), **kwargs)

    def is_now(self, value: Any) -> bool:
        return str(value) == self.version

    def validate(self, value: Any) -> None:
        if value and not self.is_now(value):
            raise forms.ValidationError(_("These words were changed meanwhile. Please read them again."))
        super().validate(value)


def help_of(question: Question) -> SafeString:
    """Its explanation, what it is for, and when the answers are deleted; escaped, since pages show it as it is."""
    parts = [marked(question, "help_text"), marked(question, "purpose")]
    if question.delete_on:
        parts.append(
            _("We delete this on %(day)s.") % {"day": date_format(question.delete_on, "DATE_FORMAT")}
        )
    if question.kind == Kind.CONSENT:
        parts.append(_("You can withdraw this at any time."))
    *before, last = [part for part in parts if part] or [""]
    return format_html_join(" ", "{}{}", [*((part, end_of(part)) for part in before), (last, "")])


def end_of(part: str | SafeString) -> str:
    """A full stop where an organiser wrote none, since another sentence follows."""
    return "" if strip_tags(part).rstrip()[-1:] in ".!?…:;)" else "."


def choices_of(question: Question, mine: frozenset[int]) -> list[tuple[str, str | SafeString]]:
    return [(str(option.pk), option_words(option, mine)) for option in question.options.all()]


def option_words(option: QuestionOption, mine: frozenset[int]) -> str | SafeString:
    label = marked(option, "label")
    if option.capacity is None or option.pk in mine:
        return label
    return format_html("{} · {}", label, places_of(option).words)


def places_of(option: Any) -> Places:
    return Places(option.capacity, option.taken, is_bookable=True)


def full_options(question: Question, mine: frozenset[int]) -> frozenset[str]:
    options = [option for option in question.options.all() if option.pk not in mine]
    return frozenset(str(option.pk) for option in options if places_of(option).state == "full")


def text_field(question: Question, mine: frozenset[int], **common: Any) -> forms.Field:
    if question.kind == Kind.LONG:
        return forms.CharField(max_length=LONG, widget=forms.Textarea(attrs={"rows": 3}), **common)
    return forms.CharField(max_length=SHORT, **common)


def choice_field(question: Question, mine: frozenset[int], **common: Any) -> forms.Field:
    choices = choices_of(question, mine)
    is_long = len(choices) > MANY_OPTIONS
    if is_long or not common["required"]:
        choices = [("", _("Choose…") if common["required"] else capfirst(_("no answer"))), *choices]
    widget = LimitedSelect() if is_long else LimitedRadio()
    widget.full = full_options(question, mine)
    return forms.ChoiceField(choices=choices, widget=widget, **common)


def choices_field(question: Question, mine: frozenset[int], **common: Any) -> forms.Field:
    widget = LimitedBoxes()
    widget.full = full_options(question, mine)
    return forms.MultipleChoiceField(choices=choices_of(question, mine), widget=widget, **common)


def number_field(question: Question, mine: frozenset[int], **common: Any) -> forms.Field:
    widget = forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"})
    return forms.DecimalField(max_digits=15, decimal_places=4, widget=widget, **common)


class DayField(forms.DateField):
    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not FIRST_DAY <= value <= LAST_DAY:
            raise forms.ValidationError(_("Choose a day between 1900 and 2100."))


def date_field(question: Question, mine: frozenset[int], **common: Any) -> forms.Field:
    widget = forms.DateInput(
        attrs={"type": "date", "min": FIRST_DAY.isoformat(), "max": LAST_DAY.isoformat()}, format="%Y-%m-%d"
    )
    return DayField(widget=widget, input_formats=["%Y-%m-%d"], **common)


def country_field(question: Question, mine: frozenset[int], **common: Any) -> forms.Field:
    return CountryChoice(widget=CountrySelect(), **common)  # which need not be their own


def yes_no_field(question: Question, mine: frozenset[int], **common: Any) -> forms.Field:
    choices = [(YES, capfirst(_("yes"))), (NO, capfirst(_("no")))]
    if not common["required"]:
        choices = [("", capfirst(_("no answer"))), *choices]
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)


def consent_field(question: Question, mine: frozenset[int], **common: Any) -> forms.Field:
    return ConsentField(version=question.version, **common)


MAKERS: dict[str, Callable[..., forms.Field]] = {
    Kind.SHORT: text_field,
    Kind.LONG: text_field,
    Kind.CHOICE: choice_field,
    Kind.CHOICES: choices_field,
    Kind.NUMBER: number_field,
    Kind.DATE: date_field,
    Kind.COUNTRY: country_field,
    Kind.YES_NO: yes_no_field,
    Kind.CONSENT: consent_field,
}


def field_for(question: Question, *, is_required: bool, mine: frozenset[int] = frozenset()) -> forms.Field:
    """The field of a question; options that this person holds already stay theirs."""
    common = {"label": marked(question, "label"), "help_text": help_of(question), "required": is_required}
    return MAKERS[question.kind](question, mine, **common)


def given_of(question: Question, value: Any) -> Given:
    """What a valid field holds, as it is kept."""
    if question.kind == Kind.CONSENT:
        return Given(YES if value else NO, version=question.version if value else 0)
    if value in (None, "", []):
        return NOTHING
    if question.kind in Question.WITH_OPTIONS:
        chosen = value if isinstance(value, list) else [value]
        return Given(options=tuple(sorted(int(pk) for pk in chosen)))
    if isinstance(value, Decimal):
        return Given(format(value, "f"))
    return Given(value.isoformat() if isinstance(value, date) else str(value))


def initial_of(question: Question, answer: Answer) -> Any:
    """A kept answer as its field shows it. A consent to former words is no consent to those that stand there."""
    if answer.deleted_at:
        return None
    if question.kind in Question.WITH_OPTIONS:
        chosen = [str(option.pk) for option in answer.options.all()]
        return chosen if question.kind == Kind.CHOICES else next(iter(chosen), "")
    if question.kind == Kind.CONSENT:
        return str(answer.version) if answer.text == YES else ""
    return answer.text
