"""Every link a visitor finds leads somewhere, and an anonymous visit leaves no trace."""

from io import StringIO

from django.core.management import call_command
from django.test import Client, TestCase

from tests.crawl import crawl

FOREIGN = ('src="http', "src='http", "@import", "url(http", 'rel="stylesheet" href="http')
FORM_PAGES = ("/accounts/", "/register/")


class Newcomer(Client):
    """On every page somebody else: nobody has a cookie yet."""

    def get(self, path, **options):
        self.cookies.clear()
        return super().get(path, **options)


class LinkTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        call_command("load_demo", stdout=StringIO())
        cls.pages = crawl(Newcomer(), of_each=12)

    def test_no_link_of_a_public_page_is_dead(self):
        self.assertGreater(len(self.pages), 60)
        self.assertEqual([(page.path, page.status) for page in self.pages if page.status >= 400], [])

    def test_public_pages_set_no_cookie_hold_no_post_form_and_ask_no_other_host(self):
        html = [page for page in self.pages if page.is_html]
        public = [page for page in html if not any(word in page.path for word in FORM_PAGES)]

        self.assertGreater(len(public), 30)
        self.assertEqual([page.path for page in public if leaves_a_trace(page)], [])


def leaves_a_trace(page):
    return page.sets_cookie or any(words in page.html for words in ('method="post"', *FOREIGN))
