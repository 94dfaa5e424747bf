"""Every link a visitor finds leads somewhere, and an anonymous visit leaves no trace."""

from io import StringIO

from django.core.management import call_command
from django.test import TestCase

from tests.crawl import crawl

FOREIGN = ('src="http', "src='http", "@import", "url(http", 'rel="stylesheet" href="http')
FORM_PAGES = ("/accounts/", "/register/")


class LinkTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        call_command("load_demo", stdout=StringIO())

    def test_no_link_of_a_public_page_is_dead(self):
        pages = crawl(self.client, of_each=12)

        self.assertGreater(len(pages), 60)
        self.assertEqual([page for page in pages if page.status >= 400], [])

    def test_public_pages_set_no_cookie_hold_no_post_form_and_ask_no_other_host(self):
        paths = [page.path for page in crawl(self.client, of_each=2) if page.is_html]
        public = [path for path in paths if not any(word in path for word in FORM_PAGES)]
        self.client.cookies.clear()
        found = {}
        for path in public:
            answer = self.client.get(path)
            html = answer.content.decode()
            if answer.cookies or 'method="post"' in html or any(part in html for part in FOREIGN):
                found[path] = list(answer.cookies)

        self.assertGreater(len(public), 30)
        self.assertEqual(found, {})
