"""A letter that tells people of news: begun with its words in each language, and where to read on."""

from typing import Any

from django.conf import settings
from django.utils.translation import override

from conference.mail import absolute
from conference.models import NewsItem


def begun_with(item: NewsItem) -> dict[str, Any]:
    """What the form of a letter begins with: news, so whoever unsubscribed does not get it."""
    found: dict[str, Any] = {"is_news": True}
    for code, _name in settings.LANGUAGES:
        title = getattr(item, f"title_{code}")
        text = getattr(item, f"summary_{code}") or getattr(item, f"body_{code}")
        if title and text:
            with override(code):
                link = absolute(item.get_absolute_url())
            found |= {f"subject_{code}": title, f"text_{code}": f"{text.strip()}\n\n{link}"}
    return found
