"""The public page that says what is kept, made from the register, below what organisers write."""

from django.conf import settings
from django.test import TestCase, override_settings
from django.utils import timezone
from django.utils.html import escape

from conference.models import Page, Site
from conference.privacy.page import groups
from conference.privacy.register import everything_kept
from conference.privacy.words import Group
from tests.factories import make_organiser


class PrivacyPageTests(TestCase):
    def page(self, url="/privacy/", **headers):
        answer = self.client.get(url, headers=headers)
        self.assertEqual(answer.status_code, 200)
        return answer.content.decode()

    def test_every_entry_of_the_register_stands_there_with_all_that_is_said_of_it(self):
        page = self.page()

        for one in everything_kept():
            for words in (one.what, one.purpose, one.seen_by, one.until_words, one.basis.label):
                self.assertIn(escape(str(words)), page)

    def test_groups_come_in_their_order_and_no_line_twice(self):
        found = groups()

        self.assertEqual([key for key, _heading, _rows in found], list(Group))
        for _key, _heading, rows in found:
            self.assertEqual(len(set(rows)), len(rows))

    def test_everybody_sees_it_it_is_kept_and_nobody_gets_a_cookie(self):
        answer = self.client.get("/privacy/")

        self.assertIn("public", answer["Cache-Control"])
        self.assertEqual(len(answer.cookies), 0)

    def test_the_words_of_the_organisers_stand_above_it(self):
        Page.objects.create(
            title="How we handle data", slug="privacy", body="**The society** is responsible."
        )
        Site.objects.create(pk=1, contact_email="privacy@example.org")
        page = self.page()

        self.assertIn("<h1>How we handle data</h1>", page)
        self.assertLess(page.index("<strong>The society</strong>"), page.index("<table"))
        self.assertIn("mailto:privacy@example.org", page)

    def test_words_that_are_not_published_are_not_shown(self):
        Page.objects.create(title="Draft", slug="privacy", body="CANARY", is_published=False)

        self.assertNotIn("CANARY", self.page())

    def test_the_page_of_the_organisers_leads_there(self):
        Page.objects.create(title="Privacy", slug="privacy", body="Words")

        for prefix in ("", "/nl"):
            answer = self.client.get(f"{prefix}/pages/privacy/")
            self.assertEqual((answer.status_code, answer["Location"]), (301, f"{prefix}/privacy/"))

    @override_settings(STAFF_SECOND_FACTOR=False)
    def test_organisers_look_at_a_draft_where_it_was(self):
        Page.objects.create(title="Privacy", slug="privacy", body="CANARY", is_published=False)
        self.client.force_login(make_organiser())

        self.assertIn("CANARY", self.page("/pages/privacy/"))

    def test_the_foot_of_every_page_leads_there_once(self):
        self.assertEqual(self.page("/editions/").count('href="/privacy/"'), 1)
        Page.objects.create(title="Your data", slug="privacy", body="Words")
        foot = self.page("/editions/")

        self.assertEqual(foot.count('href="/privacy/"'), 1)
        self.assertIn(">Your data</a>", foot)

    def test_whoever_agrees_can_read_to_what(self):
        for url in ("/accounts/signup/", "/nl/accounts/signup/"):
            self.assertIn(f'href="{url.removesuffix("accounts/signup/")}privacy/"', self.page(url))

    def test_search_engines_find_it_once(self):
        Page.objects.create(title="Privacy", slug="privacy", body="Words", updated_at=timezone.now())
        addresses = self.client.get("/sitemap.xml").content.decode()

        self.assertEqual(addresses.count("/privacy/</loc>"), len(settings.LANGUAGES))
        self.assertNotIn("/pages/privacy/", addresses)
