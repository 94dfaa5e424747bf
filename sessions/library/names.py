"""What values of facets are called: one query for all that organisers name, whichever facets are shown."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import CharField, QuerySet, Value

from conference.models import Edition, Theme
from conference.translated_columns import in_language
from sessions.models import Audience, Competence, Level, Subject, Topic

NAMED: dict[str, tuple[Any, str]] = {
    "topic": (Topic, "name"), "theme": (Theme, "title"), "edition": (Edition, "short_title"),
    "audience": (Audience, "name"), "level": (Level, "name"), "subject": (Subject, "name"),
    "competence": (Competence, "name"),
}  # fmt: skip


def names_of(values: Mapping[str, Iterable[str]]) -> dict[str, dict[str, str]]:
    """By facet and value, in the language of the page or the original one; a value that nobody named is left out."""
    wanted = {facet: some for facet in NAMED if (some := list(values.get(facet, ())))}
    found: dict[str, dict[str, str]] = {facet: {} for facet in wanted}
    rows = [rows_of(facet, some) for facet, some in wanted.items()]
    if rows:
        first, *others = rows
        for facet, slug, name in first.union(*others, all=True) if others else first:
            found[facet][slug] = name
    return found


def rows_of(facet: str, slugs: list[str]) -> QuerySet:
    model, field = NAMED[facet]
    rows = model.objects.filter(slug__in=slugs).order_by()
    rows = rows.annotate(of=Value(facet, CharField()), said=in_language(field))
    return rows.values_list("of", "slug", "said")
