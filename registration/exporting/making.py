"""Make the file of a wish, portion by portion."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from conference.models import Edition, User
from conference.sheets.writing import FORMS, written
from registration.exporting.columns import Column, cell_of
from registration.exporting.lists import LISTINGS, Listing, Rows, lists_for
from registration.exporting.wishes import Wish
from registration.models import Question
from registration.questions.answers import answers_of, questions_seen_by
from registration.questions.asking import plain

PORTION = 500
ANSWER = "answer-"
Step = Callable[[int], None]


class NotYours(Exception):  # noqa: N818
    """This person may not export this list."""


def known_columns(listing: Listing, edition: Edition, by: User) -> list[Column]:
    """What this person may put into the list, answers last."""
    sees_needs = by.has_perm("registration.view_needs")
    columns = [one for one in listing.columns(edition) if sees_needs or not one.is_need]
    return [*columns, *(as_column(question) for question in questions_for(listing, edition, by))]


def questions_for(listing: Listing, edition: Edition, by: User) -> list[Question]:
    return questions_seen_by(by, edition) if listing.has_answers else []


def as_column(question: Question) -> Column:
    """Its cells come from `answers_of`, for a portion at once."""
    label = plain(question, "label")
    return Column(f"{ANSWER}{question.pk}", label, no_answer, question.is_sensitive, is_usual=False)


def no_answer(row: Any) -> str:
    return ""


def rows_of(wish: Wish, edition: Edition, by: User) -> Rows:
    """What the list has, unread; raises NotYours."""
    if wish.listing not in lists_for(by):
        raise NotYours
    return LISTINGS[wish.listing].rows(edition, wish, by)


def count_of(rows: Rows) -> int:
    return rows.count() if isinstance(rows, QuerySet) else len(rows)


def file_of(
    wish: Wish, edition: Edition, by: User, rows: Rows, step: Step = lambda count: None
) -> tuple[bytes, list[str], int]:
    """The file, its headings and how many lines it has; the step hears how many are done."""
    chosen = [one for one in known_columns(LISTINGS[wish.listing], edition, by) if one.key in wish.columns]
    headings, done = [column.heading for column in chosen], 0

    def lines() -> Iterator[list[str]]:
        nonlocal done
        for portion in portions(rows):
            yield from cells_of(wish, edition, by, portion, chosen)
            done += len(portion)
            step(done)

    with timezone.override(edition.zone):
        content = written(wish.form, headings, lines())
    return content, headings, done


def portions(rows: Rows) -> Iterator[list[Any]]:
    """As many rows as are asked of the database at once."""
    portion: list[Any] = []
    for row in rows.iterator(chunk_size=PORTION) if isinstance(rows, QuerySet) else rows:
        portion.append(row)
        if len(portion) == PORTION:
            yield portion
            portion = []
    if portion:
        yield portion


def cells_of(
    wish: Wish, edition: Edition, by: User, rows: list[Any], columns: list[Column]
) -> Iterator[list[str]]:
    listing = LISTINGS[wish.listing]
    asked = [int(one.key.removeprefix(ANSWER)) for one in columns if one.key.startswith(ANSWER)]
    if not asked or listing.person is None:
        yield from ([cell_of(one.of(row)) for one in columns] for row in rows)
        return
    questions = [one for one in questions_for(listing, edition, by) if one.pk in asked]
    answers = answers_of([listing.person(row).pk for row in rows], questions)
    for row in rows:
        given = {f"{ANSWER}{key}": words for key, words in answers.get(listing.person(row).pk, {}).items()}
        yield [given[one.key] if one.key in given else cell_of(one.of(row)) for one in columns]


def name_of(wish: Wish, edition: Edition) -> str:
    day = timezone.localdate(timezone=edition.zone)
    return f"{wish.listing.replace('_', '-')}-{edition.slug}-{day:%Y-%m-%d}.{wish.form}"


def content_type_of(wish: Wish) -> str:
    return FORMS[wish.form].content_type
