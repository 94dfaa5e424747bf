"""Every link a visitor finds leads somewhere, and an anonymous visit leaves no trace."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client, TestCase

from tests.crawl import crawl

pytestmark = pytest.mark.once

FOREIGN = ('src="http', "src='http", "@import", "url(http", 'rel="stylesheet" href="http')
FORM_PAGES = ("/accounts/", "/register/")


class Newcomer(Client):
    """On every page somebody else: nobody has a cookie yet."""

    def get(self, path, **options):
        self.cookies.clear()
        return super().get(path, **options)


class LinkTests(TestCase):
    def test_no_link_is_dead_and_public_pages_set_no_cookie_hold_no_post_form_and_ask_no_other_host(self):
        call_command("load_demo", stdout=StringIO())
        pages = crawl(Newcomer(), of_each=12)
        public = [
            page for page in pages if page.is_html and not any(word in page.path for word in FORM_PAGES)
        ]

        self.assertGreater(len(public), 30)
        self.assertEqual([(page.path, page.status) for page in pages if page.status >= 400], [])
        self.assertEqual([page.path for page in public if leaves_a_trace(page)], [])


def leaves_a_trace(page):
    return page.sets_cookie or any(words in page.html for words in ('method="post"', *FOREIGN))
