"""News as an Atom feed (RFC 4287): of one edition, or of the site with all its editions.

In:  public items, the newest first. Out: bytes; an entry for each, known again by its guid (RFC 4122).
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from conference import markdown
from conference.feeds import DatedFeed, plain, whole
from conference.models import Edition, NewsItem
from conference.templatetags.texts import shown

IN_FEED = 50


def write(
    items: Iterable[NewsItem], language: str, made_at: datetime, name: str, edition: Edition | None = None
) -> bytes:
    """`name` is of the edition, or of the site."""
    where = [edition.slug] if edition else []
    front = "conference:edition_news" if edition else "conference:news"
    url = whole(reverse(f"{front}_feed", args=where))
    feed = DatedFeed(
        title=_("%(name)s: news") % {"name": plain(name)}, link=whole(reverse(front, args=where)), description="",
        feed_url=url, feed_guid=uuid5(NAMESPACE_URL, url).urn, language=language, made_at=made_at,
        author_name=plain(name) or settings.SITE_URL,
    )  # fmt: skip
    for one in items:
        feed.add_item(
            title=plain(shown(one, "title")[0]),
            link=whole(one.get_absolute_url()),
            unique_id=one.guid.urn,
            pubdate=one.published_at,
            updateddate=one.changed_at,
            description=plain(str(markdown.to_html(shown(one, "body")[0] or shown(one, "summary")[0]))),
        )
    return feed.writeString("utf-8").encode()
