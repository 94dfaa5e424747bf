"""Shared links to the library survive: a topic or theme that was moved is asked for where it stands now."""

from dataclasses import replace

from conference.models import FormerTheme
from sessions.library.asking import Asked
from sessions.models import FormerTopic


def with_present_addresses(asked: Asked) -> Asked:
    """The same question; one query for each of the two that is chosen."""
    facets = dict(asked.facets)
    for facet, rows, now in (
        ("topic", FormerTopic.objects.all(), "topic__slug"),
        ("theme", FormerTheme.objects.all(), "now__slug"),
    ):
        if facet in facets:
            moved = dict(rows.filter(slug__in=facets[facet]).values_list("slug", now))
            facets[facet] = tuple(dict.fromkeys(moved.get(slug, slug) for slug in facets[facet]))
    return replace(asked, facets=facets)
