"""All that came back as a table: a line for each answer that may be shown, and for each text that is not hidden."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.models import Edition
from conference.templatetags.texts import shown
from registration.feedback.results import Result, of_edition

HEADER = [
    gettext_lazy("About"),
    gettext_lazy("Question"),
    gettext_lazy("Answer"),
    gettext_lazy("People"),
    gettext_lazy("Average"),
]


def lines_of(edition: Edition) -> list[list[str]]:
    found = []
    for one in of_edition(edition):
        about = shown(one.session, "title")[0] if one.session else shown(edition, "title")[0]
        for question in one.results.questions:
            found += [[about, question.words, *cells] for cells in cells_of(question)]
    return found


def cells_of(question: Result) -> Iterator[list[str]]:
    """Answer, how many people, the average of all; where too few answered, that it is hidden."""
    average = "" if question.mean is None else str(question.mean)
    if question.kind == "text":
        yield from ([text.words, "", ""] for text in question.texts if not text.is_hidden)
    elif question.answers is None:
        yield [_("hidden"), "", ""]
    else:
        yield [_("all answers"), str(question.answers), average]
        yield from ([bar.words, str(bar.count), ""] for bar in question.bars)
