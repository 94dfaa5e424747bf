"""The newest news beside other things, and what machines read of an item."""

from typing import Any

from django import template
from django.conf import settings
from django.utils.safestring import SafeString

from conference.linked_data import CONTEXT, block, without_empty
from conference.models import Edition, NewsItem, Site
from conference.templatetags.plain import plain
from conference.templatetags.texts import shown

register = template.Library()
NEWEST = 3


@register.inclusion_tag("conference/news/_newest.html")
def newest_news(edition: Edition, *, with_site: bool = False) -> dict[str, Any]:
    """Of this edition, or also of the whole site; nothing while there is none. One query."""
    items = NewsItem.objects.published().for_lists()
    items = items.on_front_page_of(edition) if with_site else items.filter(edition=edition)
    return {"items": list(items[:NEWEST]), "edition": edition, "with_site": with_site}


@register.simple_tag
def news_data(item: NewsItem, site: Site) -> SafeString:
    return block(data_of(item, shown(site, "name")[0]))


def data_of(item: NewsItem, publisher: str) -> dict[str, Any]:
    """A schema.org NewsArticle (https://schema.org/NewsArticle); nothing of what is not public yet."""
    if not item.is_public() or item.published_at is None:
        return {}
    title, language = shown(item, "title")
    edition = item.edition
    return {"@context": CONTEXT} | without_empty(
        {
            "@type": "NewsArticle",
            "@id": item.guid.urn,
            "headline": title,
            "inLanguage": language,
            "description": shown(item, "summary")[0] or plain(shown(item, "body")[0]),
            "image": settings.SITE_URL + item.picture.url if item.picture else "",
            "datePublished": item.published_at.isoformat(timespec="seconds"),
            "dateModified": item.changed_at.isoformat(timespec="seconds"),
            "url": settings.SITE_URL + item.get_absolute_url(),
            "publisher": without_empty(
                {"@type": "Organization", "name": publisher, "url": settings.SITE_URL}
            ),
            "about": without_empty(
                {
                    "@type": "Event",
                    "name": shown(edition, "title")[0],
                    "url": settings.SITE_URL + edition.get_absolute_url(),
                }
            )
            if edition
            else {},
        }
    )
