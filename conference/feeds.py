"""What the Atom feeds of the site (RFC 4287) have in common."""

import re
from datetime import datetime

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed

ATOM = "application/atom+xml; charset=utf-8"
# What XML cannot hold, not even escaped.
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class DatedFeed(Atom1Feed):
    """Without an entry a feed is as old as what it is about (`made_at`), not as new as the question."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else self.feed["made_at"]


def plain(words: str) -> str:
    return NOT_IN_XML.sub("\ufffd", words)


def whole(path: str) -> str:
    return settings.SITE_URL + path
