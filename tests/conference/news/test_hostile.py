"""News with what XML cannot hold, and with what would like to be markup: every feed stays a feed."""

import xml.etree.ElementTree as ET  # noqa: S405  our own

import pytest
from django.test import TestCase

from conference.models import Site
from tests.conference.news.test_news import ATOM, make_news
from tests.factories import make_edition

pytestmark = pytest.mark.once

HOSTILE = "A\x01\x0b\x1f\x7fB \ufffe ]]></title><script>alert(1)</script> &nbsp; \u202e"


class HostileNewsTests(TestCase):
    def test_feeds_are_whole_whatever_stands_in_title_body_and_names(self):
        Site.objects.update_or_create(pk=1, defaults={"name": HOSTILE})
        edition = make_edition(HOSTILE, slug="ed", short_title=HOSTILE[:60])
        make_news(
            edition,
            HOSTILE,
            slug="x",
            body=f"{HOSTILE}\n\n[x](javascript:alert(1)) <img src=x onerror=alert(1)>",
        )

        for address in ("/news/feed.atom", "/ed/news/feed.atom", "/nl/news/feed.atom"):
            answer = self.client.get(address)
            root = ET.fromstring(answer.content)  # noqa: S314  our own
            (entry,) = root.findall("a:entry", ATOM)
            title, summary = (entry.findtext(f"a:{name}", None, ATOM) for name in ("title", "summary"))
            self.assertTrue(title.startswith("A\ufffd\ufffd\ufffd"), address)
            self.assertIn("]]></title><script>alert(1)</script>", title)  # words, since they were escaped
            self.assertNotIn('href="javascript', summary)
            self.assertNotIn("<img", summary)
            self.assertNotIn("<script>", summary)
