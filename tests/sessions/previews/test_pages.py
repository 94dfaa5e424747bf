"""The viewer: a page with its picture and text, or the gate that brings people back to this page."""

from datetime import timedelta

from django.test import TestCase
from django.utils import timezone

from tests.factories import (
    make_edition,
    make_organiser,
    make_presentation,
    make_preview,
    make_session,
    make_user,
)

FEW = 7  # queries
PAGES = [f"canary{number}" for number in range(1, 13)]


class ViewerCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition(open_pages=3)
        cls.presentation = make_presentation(make_session(cls.edition), audience="members")
        make_preview(cls.presentation, *PAGES, notes="whispered")
        cls.member, cls.organiser = make_user("Plain"), make_organiser()

    def page(self, number, language=""):
        return self.client.get(f"{language}/presentations/{self.presentation.guid}/pages/{number}/")

    def text(self, number):
        return self.page(number).content.decode()

    def found(self, text):
        return [word for word in [*PAGES, "whispered"] if f">{word}<" in text]


class ViewerTests(ViewerCase):
    def test_an_open_page_shows_its_picture_and_its_text_and_no_other(self):
        text = self.text(2)

        self.assertEqual(self.found(text), ["canary2"])
        self.assertIn(f'src="/presentations/{self.presentation.guid}/pages/2/1600.webp"', text)
        self.assertIn("Page 2 of 12", text)
        self.assertNotIn("noindex", text)

    def test_below_an_open_page_stands_what_opens_the_others_and_only_while_they_are_closed(self):
        back = f"?next=/presentations/{self.presentation.guid}/pages/2/"
        self.assertIn(f"/accounts/signup/{back}", self.text(2))
        self.client.force_login(self.member)

        self.assertNotIn('class="gate"', self.text(2))

    def test_one_turns_to_the_page_before_and_after_where_there_is_one(self):
        def turns(number):
            text = self.text(number)
            return [
                f'rel="{way}"' in text.split("page-turn")[1].split("</nav>")[0] for way in ("prev", "next")
            ]

        self.client.force_login(self.member)

        self.assertEqual(
            [turns(number) for number in (1, 2, 12)], [[False, True], [True, True], [True, False]]
        )

    def test_behind_the_open_pages_stands_the_gate_that_leads_back_to_this_page(self):
        text = self.text(7)

        self.assertEqual(self.found(text), [])
        self.assertNotIn("canary", text)
        back = f"?next=/presentations/{self.presentation.guid}/pages/7/"
        self.assertIn(f"/accounts/signup/{back}", text)
        self.assertIn(f"/accounts/login/{back}", text)
        self.assertIn('content="noindex"', text)
        self.assertNotIn("/pages/7/1600.webp", text)
        self.assertNotIn("/pages/4/400.webp", text)

    def test_a_member_reads_the_page_that_was_behind_the_gate(self):
        self.client.force_login(self.member)

        self.assertEqual(self.found(self.text(7)), ["canary7"])

    def test_notes_are_shown_only_if_the_speaker_agrees(self):
        self.presentation.notes_are_shown = True
        self.presentation.save()

        self.assertEqual(self.found(self.text(1)), ["canary1", "whispered"])

    def test_pages_that_are_not_there_are_not_found(self):
        for number in (0, 13, 2**63, "x"):
            with self.subTest(number):
                self.assertEqual(self.page(number).status_code, 404)

    def test_no_page_without_a_preview(self):
        self.presentation.current_file.preview.delete()

        self.assertEqual(self.page(1).status_code, 404)
        self.assertEqual(self.client.get(self.presentation.get_absolute_url()).status_code, 200)

    def test_a_preview_that_is_not_made_yet_shows_nothing(self):
        preview = self.presentation.current_file.preview
        preview.state = "running"
        preview.save()

        self.assertEqual(self.page(1).status_code, 404)

    def test_what_one_may_not_know_of_has_no_pages(self):
        for change in ({"withdrawn_at": timezone.now()}, {"audience": "organisers"}):
            type(self.presentation).objects.update(**change)
            with self.subTest(change):
                self.assertEqual(self.page(1).status_code, 404)
        self.client.force_login(self.organiser)

        self.assertEqual(self.found(self.text(9)), ["canary9"])

    def test_nothing_of_it_is_seen_before_its_moment(self):
        type(self.presentation).objects.update(opens_at=timezone.now() + timedelta(days=1))

        text = self.text(1)

        self.assertIn('class="gate"', text)
        self.assertNotIn("canary", text)

    def test_the_page_of_the_presentation_leads_inside(self):
        text = self.client.get(self.presentation.get_absolute_url()).content.decode()

        self.assertIn("The first 3 are open to everybody.", text)
        self.assertEqual([f"/pages/{number}/400.webp" in text for number in (1, 3, 4)], [True, True, False])

    def test_a_visitor_gets_no_cookie_and_a_page_that_may_be_kept(self):
        response = self.page(7)

        self.assertFalse(response.cookies)
        self.assertIn("public", response["Cache-Control"])
        self.assertEqual(self.page(7, "/nl").status_code, 200)

    def test_a_long_presentation_costs_as_many_queries_as_a_short_one(self):
        short = make_presentation(make_session(self.edition))
        make_preview(short, "one", "two")
        with self.assertNumQueries(FEW):
            self.client.get(f"/presentations/{short.guid}/pages/1/")
        with self.assertNumQueries(FEW):
            self.page(2)
