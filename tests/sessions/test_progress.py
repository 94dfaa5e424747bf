"""Whoever sent a file follows in its place how far its preview is, and reads then what would help readers."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from sessions.collecting.links import issue_link, revoke_link
from sessions.files.documents import make_pptx
from sessions.models import Presentation, PresentationFile, Preview
from sessions.previews.making import make_due
from tests.factories import (
    make_appearance,
    make_presentation,
    make_preview,
    make_session,
    make_speaker,
    make_user,
)
from tests.sessions.previews.files import pdf_of_sizes
from tests.sessions.test_desk import DETAILS, DeskCase

LINES = ["Open doors for new teachers", "Three schools, one timetable"]
FILES = {  # without a title of their own
    "pdf": pdf_of_sizes((300, 200), (300, 200)),
    "pptx": make_pptx("", LINES, slides=2, lang=""),
}


class DeskProgressTests(DeskCase):
    def add(self, kind="pdf"):
        file = SimpleUploadedFile(f"talk.{kind}", FILES[kind])
        return self.client.post(self.add_url, {**DETAILS, "file": file}, follow=True)

    def piece(self, presentation=None, **headers):
        presentation = presentation or Presentation.objects.get()
        return self.client.get(f"{self.manage_url(presentation)}progress/", headers=headers)

    def test_after_sending_a_file_its_page_says_how_far_it_is_and_where_to_ask(self):
        response = self.add()

        self.assertContains(response, "The preview is made in a moment.")
        self.assertContains(response, f'data-follow="{self.manage_url(Presentation.objects.get())}progress/"')
        self.assertContains(response, "data-going")

    def test_of_several_files_the_last_leads_to_all_of_them(self):
        data = {**DETAILS, "file": SimpleUploadedFile("talk.pdf", FILES["pdf"]), "several": "yes"}

        self.assertRedirects(self.client.post(self.add_url, data), "/speaker/")

    def test_the_worker_fills_in_cover_and_advice_of_a_real_file(self):
        for kind, has_pictures in (("pdf", True), ("pptx", False)):
            with self.subTest(kind):
                Presentation.objects.update(current_file=None)
                Presentation.objects.all().delete()
                self.add(kind)
                make_due()

                preview, version = Preview.objects.latest("pk"), PresentationFile.objects.get()
                self.assertEqual((preview.state, preview.reason, preview.page_count), ("done", "", 2))
                response = self.piece()
                self.assertContains(response, "The preview is made.")
                self.assertContains(response, "The file has no title of its own.")
                self.assertNotContains(response, "data-going")
                self.assertEqual(preview.has_pictures, has_pictures)
                picture = (
                    f"/presentations/{version.presentation.guid}/versions/{version.guid}/pages/1/400.webp"
                )
                if has_pictures:
                    self.assertContains(response, picture)
                    self.assertEqual(self.client.get(picture)["Content-Type"], "image/webp")

    def test_a_piece_that_is_known_is_not_sent_again(self):
        presentation = make_presentation(self.session, status="submitted")
        preview = make_preview(presentation, "one", "two", state="running")
        first = self.piece(presentation)
        self.assertEqual(first["Cache-Control"], "private, no-cache")

        self.assertEqual(self.piece(presentation, **{"If-None-Match": first["ETag"]}).status_code, 304)
        Preview.objects.filter(pk=preview.pk).update(done=1)

        again = self.piece(presentation, **{"If-None-Match": first["ETag"]})
        self.assertContains(again, "page 1 of 2")
        self.assertContains(again, '<progress max="2" value="1"')

    def test_it_asks_as_often_for_many_versions_as_for_one(self):
        presentation = make_presentation(self.session, status="submitted")
        make_preview(presentation, "one")
        self.piece(presentation)
        with self.assertNumQueries(6):
            self.piece(presentation)

    def test_others_follow_nothing(self):
        presentation = make_presentation(self.session)
        for person, status in ((make_user("Other"), 404), (None, 302)):
            self.client.logout()
            if person:
                self.client.force_login(person)
            self.assertEqual(self.piece(presentation).status_code, status)


class LinkProgressTests(DeskCase):
    def setUp(self):
        super().setUp()
        self.client.logout()
        grace = make_speaker(email="grace@example.org")
        make_appearance(self.session, grace)
        self.link, address = issue_link(session=self.session, speaker=grace, by=None)
        self.url = address.removeprefix("http://localhost:8000")

    def send(self):
        data = {**DETAILS, "file": SimpleUploadedFile("talk.pdf", FILES["pdf"])}
        return self.client.post(self.url, data, follow=True)

    def piece(self, presentation):
        return self.client.get(f"{self.url}{presentation.guid}/progress/")

    def test_the_page_of_the_link_follows_what_came_by_it(self):
        response = self.send()
        presentation = Presentation.objects.get()
        self.assertContains(response, f'data-follow="{self.url}{presentation.guid}/progress/"')
        make_due()

        response = self.piece(presentation)

        self.assertContains(response, "The preview is made.")
        self.assertContains(response, "Can everybody read it?")
        self.assertNotContains(response, "<img")  # there is no account that could ask for it
        self.assertIn("noindex", response["X-Robots-Tag"])
        self.assertFalse(response.cookies)

    def test_the_link_follows_nothing_else_and_nothing_once_it_is_over(self):
        self.send()
        own, other = Presentation.objects.get(), make_presentation(self.session)
        elsewhere = make_presentation(make_session())
        self.assertEqual([self.piece(one).status_code for one in (own, other, elsewhere)], [200, 404, 404])
        revoke_link(link=self.link)

        self.assertEqual(self.piece(own).status_code, 404)

    @override_settings(ACCOUNT_RATE_LIMITS={"upload_progress": "1/m/ip"})
    def test_asking_is_limited(self):
        self.send()
        presentation = Presentation.objects.get()

        self.assertEqual([self.piece(presentation).status_code for _time in range(2)], [200, 429])

    def test_the_page_asks_as_often_for_three_as_for_one(self):
        self.send()
        with self.assertNumQueries(count := self.queries()):
            self.client.get(self.url)
        for number in range(2):
            made = make_presentation(self.session, f"More {number}", status="submitted")
            made.versions.update(upload_link=self.link)
            PresentationFile.objects.filter(presentation=made).update(preview=Preview.objects.get())

        self.assertEqual(self.queries(), count)

    def queries(self):
        self.client.get(self.url)
        with CaptureQueriesContext(connection) as counted:
            self.client.get(self.url)
        return len(counted)
