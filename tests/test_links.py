"""Every link a visitor finds leads somewhere, and an anonymous visit leaves no trace."""

from io import StringIO

from django.core.management import call_command
from django.test import Client, TestCase

from tests.crawl import crawl

FOREIGN = ('src="http', "src='http", "@import", "url(http", 'rel="stylesheet" href="http')
FORM_PAGES = ("/accounts/", "/register/")


class WatchedClient(Client):
    """A visitor who keeps no cookie, and writes down what a page left or asked for."""

    def __init__(self):
        super().__init__()
        self.left = {}

    def get(self, path, **options):
        answer = super().get(path, **options)
        self.cookies.clear()
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            html = answer.content.decode()
            is_held = 'method="post"' in html or any(part in html for part in FOREIGN)
            self.left[path] = is_held or bool(answer.cookies)
        return answer


class LinkTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        call_command("load_demo", stdout=StringIO())
        client = WatchedClient()
        cls.pages = crawl(client, of_each=12)
        cls.left = client.left

    def test_no_link_of_a_public_page_is_dead(self):
        self.assertGreater(len(self.pages), 60)
        self.assertEqual([page for page in self.pages if page.status >= 400], [])

    def test_public_pages_set_no_cookie_hold_no_post_form_and_ask_no_other_host(self):
        public = [path for path in self.left if not any(word in path for word in FORM_PAGES)]

        self.assertGreater(len(public), 30)
        self.assertEqual([path for path in public if self.left[path]], [])
