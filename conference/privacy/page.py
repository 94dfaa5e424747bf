"""The public page that says what is kept of people: organisers' words first, then the register."""

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.views.generic import TemplateView

from conference.models import Page
from conference.models.page import PRIVACY
from conference.privacy.register import Kept, everything_kept


@dataclass(frozen=True)
class Row:
    """One line of the page; fields of several tables of which the same is said share one."""

    what: str
    purpose: str
    basis: str
    seen_by: str
    until: str


def row_of(kept: Kept) -> Row:
    said = (kept.what, kept.purpose, kept.basis.label, kept.seen_by, kept.until_words)
    return Row(*(str(words) for words in said))


def groups() -> list[tuple[str, str, list[Row]]]:
    """Key, heading and lines of each group, in the language that is active."""
    by_group = groupby(everything_kept(), key=attrgetter("group"))
    return [
        (group.value, str(group.label), list(dict.fromkeys(row_of(one) for one in kept)))
        for group, kept in by_group
    ]


class PrivacyView(TemplateView):
    template_name = "conference/privacy.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        written = Page.objects.published().filter(slug=PRIVACY, edition=None).first()
        return super().get_context_data(written=written, groups=groups(), **kwargs)
