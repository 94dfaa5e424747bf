"""From the cells of a sheet to a plan: what each line makes or changes, and what is wrong where."""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.utils import translation
from django.utils.translation import gettext as _
from django_countries import countries

from conference.accounts.forms import NOT_IN_A_NAME
from conference.accounts.hidden_signs import refuse_hidden_signs
from conference.markdown import MAX_LENGTH
from conference.models import Edition, User
from conference.sheets.cells import plain_cell
from sessions.exchange.reading import Sheet

MOST_LINES = 5_000
MOST_ERRORS = 200
LANGUAGES = ("en", "nl", "fr", "de")  # in which a country may be named
LONGEST = {"name": 200, "organisation": 200, "website": 200, "biography": MAX_LENGTH}
ON_ONE_LINE = ("name", "organisation")
NEW, CHANGED, SAME = "new", "changed", "same"


@dataclass(frozen=True)
class Line:
    """What becomes of one line of the sheet."""

    number: int
    words: str
    what: str
    row: Any = None  # of the database, or the values to make one of
    changes: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Plan:
    lines: list[Line] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # what one should know before

    def wrong(self, number: int, column: str, words: str) -> None:
        self.errors.append(
            _("Line %(line)s, %(column)s: %(words)s") % {"line": number, "column": column, "words": words}
        )

    def of(self, what: str) -> list[Line]:
        return [line for line in self.lines if line.what == what]

    def fingerprint(self) -> str:
        said = [(line.number, line.words, line.what, sorted(line.changes.items())) for line in self.lines]
        return hashlib.sha256(repr((said, self.errors, self.notes)).encode()).hexdigest()[:32]


@dataclass(frozen=True, kw_only=True)
class ListIn:
    """One kind of list: its columns, the words by which their headings are known, and what it does."""

    key: str
    title: Any
    about: Any
    columns: Mapping[str, Any]
    headings: Mapping[str, str]
    needed: Sequence[str]
    permissions: Sequence[str]
    plan: Callable[[Edition, "Table", Mapping[str, Any]], Plan]
    store: Callable[[Edition, Plan, Mapping[str, Any], User], int]
    # Taken before the list is looked at for the last time, so that two at once store nothing twice.
    lock: Callable[[Edition], Any]
    choices: type[forms.Form] | None = None  # beside the file
    prose: Sequence[str] = ()  # columns whose lines are kept

    def guessed(self, headers: Sequence[str]) -> dict[int, str]:
        known = {word: name for name, words in self.headings.items() for word in words.split()}
        found: dict[int, str] = {}
        for place, header in enumerate(headers):
            name = known.get(re.sub(r"[^a-z0-9]+", "-", folded(header)).strip("-"))
            if name and name not in found.values():
                found[place] = name
        return found


@dataclass(frozen=True)
class Table:
    """The lines of a sheet by what their columns mean, with the checks that every list shares."""

    kind: ListIn
    rows: list[tuple[int, dict[str, str]]]
    headings: Mapping[str, str]

    def heading(self, name: str) -> str:
        return self.headings.get(name) or str(self.kind.columns[name])


def table_of(kind: ListIn, sheet: Sheet, mapping: Mapping[int, str]) -> Table:
    rows = []
    for number, cells in sheet.rows:
        values = {
            name: (lines_of if name in kind.prose else words_of)(cells[place]) if place < len(cells) else ""
            for place, name in mapping.items()
        }
        if any(values.values()):
            rows.append((number, values))
    headings = {name: sheet.headers[place] for place, name in mapping.items()}
    return Table(kind, rows, headings)


def words_of(value: Any) -> str:
    """One line of text; a mark against formulas that our own lists put there is taken off again."""
    return " ".join(text_of(value).split())


def lines_of(value: Any) -> str:
    """The paragraphs as they were written."""
    return "\n".join(line.rstrip() for line in text_of(value).splitlines()).strip()


def text_of(value: Any) -> str:
    return plain_cell(str("" if value is None else value))


def folded(words: str) -> str:
    """Small letters without their accents."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", words.strip().casefold()) if sign.isascii())


def checked(table: Table, plan: Plan) -> list[tuple[int, dict[str, str]]]:
    """Lines in which everything needed stands, each address once; what is wrong goes into the plan."""
    if len(table.rows) > MOST_LINES:
        plan.errors.append(_("A list holds at most %(limit)s lines.") % {"limit": MOST_LINES})
        return []
    good, seen = [], {}
    for number, values in table.rows:
        before = len(plan.errors)
        for name in table.kind.needed:
            if not values.get(name):
                plan.wrong(number, table.heading(name), _("this must not be empty."))
        check_values(table, plan, number, values)
        email = values.get("email", "")
        if email and (first := seen.setdefault(email, number)) != number:
            plan.wrong(
                number,
                table.heading("email"),
                _("this address stands in line %(line)s too.") % {"line": first},
            )
        if len(plan.errors) == before:
            good.append((number, values))
        if len(plan.errors) > MOST_ERRORS:
            plan.errors.append(_("And more; correct these first."))
            break
    return good


def check_values(table: Table, plan: Plan, number: int, values: dict[str, str]) -> None:
    """Addresses, countries and links as the database takes them, written back into the values."""

    def wrong(name: str, words: str) -> None:
        plan.wrong(number, table.heading(name), words)

    if email := values.get("email", "").lower():
        values["email"] = email
        if not is_email(email):
            wrong("email", _("“%(text)s” is no email address.") % {"text": email[:60]})
    if link := values.get("website", ""):
        values["website"] = link if "://" in link else f"https://{link}"
        if not passes(URLValidator(["http", "https"]), values["website"]):
            wrong("website", _("“%(text)s” is no web address.") % {"text": link[:60]})
    if country := values.get("country", ""):
        values["country"] = country_code(country)
        if not values["country"]:
            wrong("country", _("“%(text)s” is no country.") % {"text": country[:60]})
    check_texts(values, wrong)


def check_texts(values: Mapping[str, str], wrong: Callable[[str, str], None]) -> None:
    for name in ON_ONE_LINE:
        if NOT_IN_A_NAME.search(values.get(name, "")):
            wrong(name, _("Write the name on one line, without control characters."))
    for name, limit in LONGEST.items():
        if len(values.get(name, "")) > limit:
            wrong(name, _("this is longer than %(limit)s characters.") % {"limit": limit})


def is_email(words: str) -> bool:
    return len(words) <= 254 and passes(EmailValidator(), words) and passes(refuse_hidden_signs, words)


def passes(check: Callable[[str], None], value: str) -> bool:
    try:
        check(value)
    except ValidationError:
        return False
    return True


def country_code(words: str) -> str:
    """By its code, or by its name in any of the languages; empty for what is neither."""
    if words.upper() in countries.countries:
        return words.upper()
    return codes_by_name().get(words.casefold(), "")


@cache
def codes_by_name() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in LANGUAGES:
        with translation.override(language):
            for code, name in countries:
                found.setdefault(str(name).casefold(), str(code))
    return found
