"""Every link a visitor finds leads somewhere, and an anonymous visit leaves no trace."""

from django.core.management import call_command
from django.test import TestCase

from tests.crawl import crawl, one_of_each_kind


class LinkTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        call_command("load_demo", verbosity=0)

    def test_no_link_of_a_public_page_is_dead(self):
        dead = {path: status for path, status in crawl(self.client).items() if status >= 400}

        self.assertEqual(dead, {})

    def test_public_pages_set_no_cookie_and_hold_no_post_form(self):
        pages = [path for path in one_of_each_kind(crawl(self.client)) if "/accounts/" not in path]
        public = [path for path in pages if "/register/" not in path]
        self.client.cookies.clear()
        found = {}
        for path in public:
            answer = self.client.get(path)
            if answer.cookies or 'method="post"' in answer.content.decode():
                found[path] = list(answer.cookies)

        self.assertGreater(len(public), 15)
        self.assertEqual(found, {})

    def test_public_pages_ask_no_other_host(self):
        found = {}
        for path in one_of_each_kind(crawl(self.client)):
            html = self.client.get(path).content.decode()
            if foreign := [
                part for part in ('src="http', "src='http", "@import", "url(http") if part in html
            ]:
                found[path] = foreign

        self.assertEqual(found, {})
