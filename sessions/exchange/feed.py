"""The releases of an edition as an Atom feed (RFC 4287).

In:  the edition, its releases from the latest on with the changes of each, and the language of the feed.
Out: bytes; an entry per release, known again by a tag URI (RFC 4151) of our host, the edition and the number.
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from conference.feeds import DatedFeed, plain, whole
from conference.models import Edition
from conference.templatetags.texts import shown
from sessions.changes import Change, words_of
from sessions.models import Release


def write(edition: Edition, releases: Iterable[tuple[Release, list[Change]]], language: str) -> bytes:
    name = plain(shown(edition, "short_title")[0])
    feed = DatedFeed(
        title=_("%(edition)s: changes of the programme") % {"edition": name},
        link=whole(reverse("sessions:programme", args=[edition.slug])),
        description="",
        feed_url=whole(reverse("sessions:feed", args=[edition.slug])),
        feed_guid=tag(edition, f"feed/{language}"),
        author_name=name,
        language=language,
        made_at=edition.created_at,
    )
    for release, changes in releases:
        feed.add_item(**entry(edition, release, changes, language))
    return feed.writeString("utf-8").encode()


def entry(edition: Edition, release: Release, changes: list[Change], language: str) -> dict[str, Any]:
    return {
        "title": _("Release %(number)s") % {"number": release.number},
        "link": whole(reverse("sessions:release", args=[edition.slug, release.number])),
        "unique_id": tag(edition, f"releases/{release.number}/{language}"),
        "pubdate": release.created_at,
        "updateddate": release.created_at,
        "description": summary(release, [words_of(change, edition.zone) for change in changes]),
    }


def summary(release: Release, lines: list[str]) -> str:
    """As HTML, which is what readers show; every word in it is text."""
    note = format_html("<p>{}</p>", plain(release.note)) if release.note else ""
    items = format_html_join("", "<li>{}</li>", ((plain(line),) for line in lines))
    listed = format_html("<ul>{}</ul>", items) if lines else format_html("<p>{}</p>", _("Nothing changed."))
    return f"{note}{listed}"


def tag(edition: Edition, rest: str) -> str:
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{edition.created_at:%Y-%m-%d}:{edition.slug}/{rest}"
