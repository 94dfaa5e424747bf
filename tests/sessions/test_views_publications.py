import tempfile

from django.core.files.base import ContentFile
from django.db import connection
from django.test import TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import make_organiser, make_presentation, make_preview, make_user
from tests.sessions.publications import (
    PICTURE,
    make_part,
    make_publication,
    make_theme_with_slides,
)


@override_settings(STAFF_SECOND_FACTOR=False)
class PublicationPagesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.publication = make_publication("Looking back", introduction="Why we **look back**")
        cls.heading = make_part(cls.publication, "chapter", title="Gender")
        cls.gated = make_part(cls.publication, title="For members", body="canary of members")
        make_part(cls.publication, title="For all", body="words for all", open_to="everyone")
        cls.second = make_part(cls.publication, "chapter", title="Multilingualism")

    def page(self, *args, name="publication", status=200):
        response = self.client.get(reverse(f"sessions:{name}", args=[self.publication.slug, *args]))
        self.assertEqual(response.status_code, status)
        return response

    def test_contents_are_public_and_every_part_says_what_opens_it(self):
        page = self.page()

        for words in (
            "Why we <strong>look back</strong>",
            "Gender",
            "For members",
            "Free account",
            "For all",
        ):
            self.assertContains(page, words)
        self.assertNotContains(page, "canary")
        self.assertNotContains(page, 'method="post"')
        self.assertFalse(page.cookies)
        self.assertIn("public", page["Cache-Control"])

    def test_chapter_shows_open_parts_and_a_gate_that_leads_back(self):
        page = self.page(self.heading.pk, name="publication_chapter")

        self.assertContains(page, "words for all")
        self.assertNotContains(page, "canary")
        path = reverse("sessions:publication_chapter", args=[self.publication.slug, self.heading.pk])
        self.assertContains(page, f"{reverse('account_signup')}?next={path}")
        self.assertContains(page, 'rel="next"')

    def test_account_reads_what_is_for_members_and_sees_no_gate(self):
        self.client.force_login(make_user())

        page = self.page(self.heading.pk, name="publication_chapter")

        self.assertContains(page, "canary of members")
        self.assertNotContains(page, 'class="gate"')

    def test_presentation_of_a_chapter_opens_by_its_own_rule(self):
        _theme, _session, gated = make_theme_with_slides("Peace")
        free = make_presentation(title="Free slides")
        for one in (gated, free):
            make_part(self.publication, "presentation", presentation=one)

        page = self.page(self.second.pk, name="publication_chapter")

        self.assertContains(page, reverse("registration:download", args=[free.guid]))
        self.assertContains(page, "Slides on Peace")
        self.assertNotContains(page, reverse("registration:download", args=[gated.guid]))

    def test_chapter_shows_the_first_page_of_a_presentation_where_a_reader_may_see_it(self):
        seen, closed = make_presentation(title="Seen"), make_theme_with_slides("Closed", open_pages=0)[2]
        covers = []
        for one in (seen, closed):
            make_preview(one, "words")
            make_part(self.publication, "presentation", presentation=one)
            covers.append(reverse("registration:page_picture", args=[one.guid, 1, 400]))

        page = self.page(self.second.pk, name="publication_chapter")
        self.assertContains(page, covers[0])
        self.assertNotContains(page, covers[1])

        self.client.force_login(make_user())
        self.assertContains(self.page(self.second.pk, name="publication_chapter"), covers[1])

    def test_unpublished_is_a_preview_for_organisers_only(self):
        self.publication.is_published = False
        self.publication.save()
        for name, args in {
            "publication": [],
            "publication_chapter": [self.heading.pk],
            "publication_pdf": [],
        }.items():
            self.page(*args, name=name, status=404)
        self.assertNotContains(self.client.get(reverse("sessions:publications")), "Looking back")

        self.client.force_login(make_organiser())
        self.assertContains(self.page(), "Preview")
        self.assertContains(self.client.get(reverse("sessions:publications")), "Looking back")

    @override_settings(
        ACCOUNT_RATE_LIMITS={"publication_pdf": "2/10m/user", "publication_pdf_of_visitor": "2/10m/ip"}
    )
    def test_the_pdf_is_limited_for_each_account_and_for_visitors_of_one_address(self):
        address = reverse("sessions:publication_pdf", args=[self.publication.slug])
        with tempfile.TemporaryDirectory() as folder, override_settings(DATA_DIR=folder):
            for user in (None, make_user(), make_user()):
                if user:
                    self.client.force_login(user)
                answers = [self.client.get(address) for _time in range(3)]
                self.assertEqual([answer.status_code for answer in answers], [200, 200, 429])
                self.assertIn("Retry-After", answers[2])

    def test_unknown_addresses_are_not_found(self):
        other = make_part(make_publication(), "chapter", title="Elsewhere")
        self.page(self.gated.pk, name="publication_chapter", status=404)
        self.page(other.pk, name="publication_chapter", status=404)
        self.page(self.gated.pk, name="publication_picture", status=404)

    def test_picture_goes_to_whoever_may_read_its_part_and_has_no_other_address(self):
        with tempfile.TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=folder):
            part = make_part(
                self.publication, "picture", picture=ContentFile(PICTURE, "p.png"), picture_text="Us"
            )
            self.page(part.pk, name="publication_picture", status=404)
            self.assertEqual(self.client.get(f"/media/{part.picture.name}").status_code, 404)

            self.client.force_login(make_user())
            answer = self.page(part.pk, name="publication_picture")
            self.assertEqual(b"".join(answer.streaming_content), PICTURE)
            self.assertIn("no-store", answer["Cache-Control"])

            self.client.logout()
            part.open_to = "everyone"
            part.save()
            answer = self.page(part.pk, name="publication_picture")
            self.assertEqual(b"".join(answer.streaming_content), PICTURE)
            self.assertIn("public", answer["Cache-Control"])

    def test_number_of_queries_does_not_grow_with_the_chapters(self):
        small, large = make_publication(), make_publication()
        for publication, names in ((small, "A"), (large, "BCD")):
            for name in names:
                theme, session, presentation = make_theme_with_slides(name)
                make_part(publication, "chapter", theme=theme)
                make_part(publication, "presentation", presentation=presentation)
                make_part(publication, "outcomes", session=session)
        numbers = []
        for publication in (small, large):
            with CaptureQueriesContext(connection) as found:
                self.client.get(publication.get_absolute_url())
            numbers.append(len(found))

        self.assertEqual(numbers[0], numbers[1])

    def test_search_engines_learn_of_published_ones_only(self):
        hidden = make_publication(is_published=False)

        page = self.client.get("/sitemap.xml")

        self.assertContains(page, f"/publications/{self.publication.slug}/")
        self.assertNotContains(page, f"/publications/{hidden.slug}/")
